package io.github.dl4jprune.report;

import io.github.dl4jprune.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Finds and reads results: files as named, folders with what lies in them and in their folders. */
final class ResultFiles {
    /** Levels of folders that are looked into, the named one included. */
    static final int DEPTH = 3;

    private static final List<String> COMMANDS = List.of(
            ("demo import inspect prune evaluate finetune bench train shrink strip sweep sensitivity export verify compress"
                            + " decompress report")
                    .split(" "));
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<Path, Result> results = new LinkedHashMap<>();

    private ResultFiles() {}

    /**
     * Reads everything, in the order given and by name within a folder; what is named twice counts once.
     *
     * @throws IllegalArgumentException if a file is damaged or not a result, or a folder holds none
     * @throws IOException if something cannot be read
     */
    static List<Result> read(List<Path> sources) throws IOException {
        ResultFiles files = new ResultFiles();
        for (Path source : sources) {
            if (Files.isDirectory(source)) {
                files.addFolder(source);
            } else {
                Optional<Result> result = result(source, parse(source));
                files.results.put(source.toRealPath(), result.orElseThrow(() -> notAResult(source)));
            }
        }
        return files.withoutRepetition();
    }

    private void addFolder(Path folder) throws IOException {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder, DEPTH)) {
            inside = walk.sorted().toList();
        }
        boolean found = false;
        for (Path path : inside) {
            Optional<Result> result = Optional.empty();
            if (SensitivityFolder.is(path)) {
                result = Optional.of(SensitivityFolder.read(path));
            } else if (path.toString().endsWith(".json") && Files.isRegularFile(path)) {
                result = result(path, parse(path));
            }
            if (result.isPresent()) {
                results.putIfAbsent(path.toRealPath(), result.get());
                found = true;
            }
        }
        if (!found) {
            throw new IllegalArgumentException("folder \"" + folder
                    + "\" must hold results of commands, got no JSON file with the key \"command\"");
        }
    }

    static JsonNode parse(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line %d, column %d)"
                            .formatted(
                                    e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw new IllegalArgumentException("file \"" + file + "\" is not whole JSON" + where, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("file \"" + file + "\" is not text: " + e.getMessage(), e);
        }
    }

    private static Optional<Result> result(Path file, JsonNode json) {
        if (json.isMissingNode()) {
            throw new IllegalArgumentException("file \"" + file + "\" is empty");
        }
        if (json.path("command").isTextual()) {
            String command = json.get("command").asText();
            if (!COMMANDS.contains(command)) {
                throw new IllegalArgumentException("file \"%s\": key \"command\" must be one of %s, got \"%s\"%s"
                        .formatted(file, String.join(" ", COMMANDS), command, NearestName.hint(command, COMMANDS)));
            }
            return Optional.of(new Result(file, command, new Fields(file, "", json)));
        }
        // what sweep leaves in its folder
        return json.has("candidates") && json.has("front")
                ? Optional.of(new Result(file, "sweep", new Fields(file, "", json)))
                : Optional.empty();
    }

    private static IllegalArgumentException notAResult(Path file) {
        return new IllegalArgumentException(
                "file \"" + file + "\" must be what a command wrote with --json, got JSON without the key \"command\"");
    }

    /** Leaves out what a command put into its folder when its own JSON, which says more, is there too. */
    private List<Result> withoutRepetition() {
        return results.values().stream()
                .filter(result -> result.arguments().isPresent()
                        || results.values().stream().noneMatch(other -> other.tells(result)))
                .toList();
    }
}
