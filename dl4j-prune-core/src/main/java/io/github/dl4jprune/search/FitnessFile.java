package io.github.dl4jprune.search;

import io.github.dl4jprune.storage.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;

/**
 * What vectors were found to be worth, on disk: a JSON file written anew, whole or not at all, after each evaluation. As the
 * search itself is decided by its seed and these numbers, a killed one goes on by running through them again.
 */
final class FitnessFile {
    private static final String ENTRIES = "tenths"; // of the channels, unless the search is on another scale
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Optional<Path> file;
    private final Map<String, String> settings;
    private final Map<List<Integer>, Double> known = new LinkedHashMap<>();

    /**
     * Opens a file, or begins one.
     *
     * @param file where; empty to keep nothing
     * @param settings what the numbers depend on
     * @throws IllegalArgumentException if the file is none of ours, is of a search with other settings, or cannot be written
     */
    FitnessFile(Optional<Path> file, Map<String, String> settings) {
        this.file = file;
        this.settings = new LinkedHashMap<>(settings);
        file.ifPresent(OutputFile::checkWritable);
        file.filter(Files::exists).ifPresent(this::read);
    }

    private void read(Path path) {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new IllegalArgumentException("file \"" + path + "\" must hold a search, got " + e.getMessage(), e);
        }
        settings.forEach((key, value) -> {
            String old = root.path("search").path(key).asText();
            if (!old.equals(value)) {
                throw new IllegalArgumentException("file \"%s\" holds a search with %s \"%s\", got \"%s\": name another"
                        .formatted(path, key, old, value));
            }
        });
        for (JsonNode evaluation : root.path("evaluations")) {
            List<Integer> entries = new ArrayList<>();
            evaluation.path(ENTRIES).forEach(entry -> entries.add(entry.asInt()));
            known.put(List.copyOf(entries), evaluation.path("fitness").asDouble());
        }
    }

    /** What a vector is worth: known from before, or found out now and written down. */
    double of(List<Integer> entries, ToDoubleFunction<List<Integer>> fitness) {
        Double before = known.get(entries);
        if (before != null) {
            return before;
        }
        double found = new FoodSource(entries, fitness.applyAsDouble(entries)).fitness();
        known.put(List.copyOf(entries), found);
        file.ifPresent(this::write);
        return found;
    }

    private void write(Path path) {
        List<Map<String, Object>> evaluations = new ArrayList<>();
        known.forEach((entries, fitness) -> evaluations.add(Map.of(ENTRIES, entries, "fitness", fitness)));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("search", settings);
        root.put("evaluations", evaluations);
        try {
            byte[] text = JSON.writeValueAsBytes(root);
            OutputFile.write(path, out -> out.write(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
