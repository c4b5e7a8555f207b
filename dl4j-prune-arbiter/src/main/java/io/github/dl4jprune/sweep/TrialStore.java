package io.github.dl4jprune.sweep;

import io.github.dl4jprune.storage.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;

/**
 * A sweep's results on disk, {@code candidate-N.json} each, written whole or not at all: a candidate whose file tells the
 * same settings is not trained again.
 */
public final class TrialStore {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Path folder;
    private final Map<String, Object> common;

    /**
     * A store in a folder.
     *
     * @param folder made with the first result where there is none
     * @param common what all candidates share and results depend on, such as a digest of the model: values that JSON can hold
     */
    public TrialStore(Path folder, Map<String, Object> common) {
        this.folder = folder;
        this.common = new LinkedHashMap<>(common);
    }

    /**
     * A candidate's result: read, or made now and written down.
     *
     * @param index the number of the candidate, which names its file
     * @param settings what varies, by key: values that JSON can hold
     * @param trial makes the result
     * @return the result
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public TrialResult result(int index, Map<String, Object> settings, Supplier<TrialResult> trial) {
        Path file = folder.resolve("candidate-" + index + ".json");
        Map<String, Object> asked = new LinkedHashMap<>(common);
        asked.put("settings", settings);
        try {
            if (Files.exists(file)) {
                JsonNode kept = JSON.readTree(Files.readString(file));
                if (JSON.readTree(JSON.writeValueAsString(asked)).equals(kept.path("asked"))) {
                    return result(settings, kept);
                }
            }
            TrialResult made = trial.get();
            Files.createDirectories(folder);
            byte[] text = JSON.writeValueAsBytes(json(asked, made));
            OutputFile.write(file, out -> out.write(text));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("candidate " + index + " of the sweep in " + folder, e);
        }
    }

    private static TrialResult result(Map<String, Object> settings, JsonNode kept) {
        return new TrialResult(
                settings,
                kept.path("accuracy").asDouble(),
                kept.path("macs").asDouble(),
                kept.path("parameters").asDouble(),
                kept.path("sparsity").asDouble());
    }

    private static Map<String, Object> json(Map<String, Object> asked, TrialResult made) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("asked", asked);
        json.put("accuracy", made.accuracy());
        json.put("macs", made.macs());
        json.put("parameters", made.parameters());
        json.put("sparsity", made.sparsity());
        return json;
    }
}
