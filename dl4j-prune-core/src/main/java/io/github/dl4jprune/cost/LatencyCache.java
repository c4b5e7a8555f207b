package io.github.dl4jprune.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.core.type.TypeReference;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers measured times in a small JSON file: {@code {layer key: {"in x out": milliseconds}}}. A time that was measured once
 * may be off by a third on a machine that has other things to do, or whose clock rate varies; {@link #settle} measures what
 * this run has measured again, in turn, so that every point meets the same moments, and the median of {@value #VISITS} counts.
 * The file is written then, and at the end. A file that cannot be read
 * is measured anew, and one that cannot be written is done without. One file belongs to one machine, backend, number of
 * threads, data type and batch.
 */
public final class LatencyCache implements LayerTime, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatencyCache.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VISITS = 7;

    private final LayerTime measured;
    private final Path file;
    private final Map<String, Map<String, Double>> times;
    private final Map<String, Hasty> hasty = new LinkedHashMap<>();
    private boolean unsaved;

    /** A point that was measured in this run. */
    private record Hasty(TimedLayer layer, int in, int out, List<Double> samples) {}

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
                Map<String, TreeMap<String, Double>> read = JSON.readValue(
                        Files.readAllBytes(file), new TypeReference<TreeMap<String, TreeMap<String, Double>>>() {});
                if (read != null && !read.containsValue(null)) {
                    return new TreeMap<>(read);
                }
                LOG.warn("layer times in \"{}\" are measured anew: the file holds null", file);
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
            hasty.put(layer.key() + " " + widths, new Hasty(layer, in, out, new ArrayList<>(List.of(known))));
            unsaved = true;
        }
        return known;
    }

    @Override
    public boolean settle(Repetitions progress) {
        if (hasty.isEmpty()) {
            return false;
        }
        int all = hasty.size() * (VISITS - 1);
        for (int done = 0; done < all; ) {
            for (Hasty point : hasty.values()) {
                point.samples.add(measured.millis(point.layer, point.in, point.out));
                done++;
                progress.repeated(done, all);
            }
        }
        for (Hasty point : hasty.values()) {
            double median =
                    point.samples.stream().sorted().skip(VISITS / 2).findFirst().orElseThrow();
            Objects.requireNonNull(times.get(point.layer.key())).put(point.in + "x" + point.out, median);
        }
        hasty.clear();
        close();
        return true;
    }

    /** Writes what is new. */
    @Override
    public void close() {
        if (!unsaved) {
            return;
        }
        unsaved = false;
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
