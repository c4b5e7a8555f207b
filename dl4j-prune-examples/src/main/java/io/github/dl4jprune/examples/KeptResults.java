package io.github.dl4jprune.examples;

import io.github.dl4jprune.sweep.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Results of a sweep on disk, {@code candidate-N.json} each.
 *
 * @param folder made where there is none
 */
record KeptResults(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The result of a candidate: read if it is there and of the same settings, else made and written, whole or not at all.
     */
    TrialResult result(int index, Map<String, Object> settings, Supplier<TrialResult> trial) {
        Path file = folder.resolve("candidate-" + index + ".json");
        try {
            if (Files.exists(file)) {
                TrialResult kept = JSON.readValue(file.toFile(), TrialResult.class);
                if (kept.settings().equals(settings)) {
                    return kept;
                }
            }
            TrialResult made = trial.get();
            Files.createDirectories(folder);
            Path unfinished = folder.resolve("candidate-" + index + ".unfinished");
            JSON.writeValue(unfinished.toFile(), made);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
