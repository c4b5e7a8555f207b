package io.github.dl4jprune.cli;

import io.github.dl4jprune.sweep.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * A sweep's results on disk, {@code candidate-N.json} each: a candidate whose file tells the same settings is not trained
 * again.
 */
final class SweepStore {
    private final Path folder;
    private final Map<String, Object> common;

    private SweepStore(Path folder, Map<String, Object> common) {
        this.folder = folder;
        this.common = common;
    }

    /**
     * Opens a folder.
     *
     * @param train keys that all candidates share: with the model and the data, what results depend on
     */
    static SweepStore open(Path folder, Path model, String data, Map<String, Object> train) throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> common = new LinkedHashMap<>();
        common.put("model", FileDigest.sha256(model));
        common.put("data", data);
        common.put("train", train);
        return new SweepStore(folder, common);
    }

    /** A candidate's result: read, or made now and written down. */
    TrialResult result(int index, Map<String, Object> settings, Supplier<TrialResult> trial) {
        Path file = folder.resolve("candidate-" + index + ".json");
        Map<String, Object> asked = new LinkedHashMap<>(common);
        asked.put("settings", settings);
        try {
            if (Files.exists(file)) {
                JsonNode kept = JsonFile.read(Files.readString(file));
                if (JsonFile.read(JsonFile.text(asked)).equals(kept.path("asked"))) {
                    return result(settings, kept);
                }
            }
            TrialResult made = trial.get();
            JsonFile.write(file, json(asked, made));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
