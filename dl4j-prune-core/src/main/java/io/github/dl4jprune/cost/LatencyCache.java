package io.github.dl4jprune.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.core.type.TypeReference;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers measured times in a small JSON file: {@code {layer key: {"in x out": milliseconds}}}. A file that cannot be read
 * is measured anew, and one that cannot be written is done without. One file belongs to one machine, backend, number of
 * threads, data type and batch.
 */
public final class LatencyCache implements LayerTime, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatencyCache.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SAVED_EVERY = 50;

    private final LayerTime measured;
    private final Path file;
    private final Map<String, Map<String, Double>> times;
    private int unsaved;

    /**
     * Opens a cache.
     *
     * @param measured what is asked for times that the file does not hold
     * @param file need not exist
     */
    public LatencyCache(LayerTime measured, Path file) {
        this.measured = measured;
        this.file = file;
        this.times = read(file);
    }

    /** The cache of this machine, backend, data type and batch in the usual folder. */
    public static LatencyCache here(LayerTime measured, DataType type, int batch) {
        return in(LatencySetting.folder(), measured, type, batch);
    }

    /** The same in another folder. */
    public static LatencyCache in(Path folder, LayerTime measured, DataType type, int batch) {
        return new LatencyCache(
                measured, folder.resolve(LatencySetting.here(type, batch).fileName()));
    }

    private static Map<String, Map<String, Double>> read(Path file) {
        if (Files.isRegularFile(file)) {
            try {
                return new TreeMap<>(JSON.readValue(
                        Files.readAllBytes(file), new TypeReference<TreeMap<String, TreeMap<String, Double>>>() {}));
            } catch (IOException e) {
                LOG.warn("layer times in \"{}\" cannot be read and are measured anew: {}", file, e.getMessage());
            }
        }
        return new TreeMap<>();
    }

    @Override
    public double millis(TimedLayer layer, int in, int out) {
        Map<String, Double> own = times.computeIfAbsent(layer.key(), key -> new TreeMap<>());
        String widths = in + "x" + out;
        Double known = own.get(widths);
        // negated, so that a damaged value is measured anew
        if (known == null || !(known > 0 && known < Double.POSITIVE_INFINITY)) {
            known = measured.millis(layer, in, out);
            own.put(widths, known);
            unsaved++;
            if (unsaved >= SAVED_EVERY) {
                close();
            }
        }
        return known;
    }

    /** Writes what is new. */
    @Override
    public void close() {
        if (unsaved == 0) {
            return;
        }
        unsaved = 0;
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, "times", ".tmp");
            Files.write(written, JSON.writeValueAsBytes(times));
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("layer times cannot be kept in \"{}\": {}", file, e.getMessage());
        }
    }
}
