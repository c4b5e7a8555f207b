package io.github.dl4jprune.report;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What one command wrote.
 *
 * @param file the JSON file, or the folder that stands for it
 * @param command its name
 * @param fields its keys
 */
record Result(Path file, String command, Fields fields) {
    /** What the command was given; empty for what lies in its folder, which does not say. */
    Optional<Fields> arguments() {
        return fields.find("arguments");
    }

    /** One argument as text, empty if it was not given. */
    String argument(String name) {
        return arguments()
                .filter(given -> given.has(name))
                .map(given -> String.join(", ", given.texts(name)))
                .orElse("");
    }

    /** Which run this is: its model and where the result went, or its file. */
    String title() {
        String model = argument("MODEL");
        if (model.isEmpty()) {
            return command + ", " + file.getFileName();
        }
        String out = argument("out");
        return command + " " + name(model) + (out.isEmpty() ? "" : " \u2192 " + name(out));
    }

    /** The last part of a path. */
    static String name(String path) {
        return path.replaceFirst("[/\\\\]+$", "").replaceFirst(".*[/\\\\]", "");
    }

    /** Whether this is the same run as the other, and says what it was given. */
    boolean tells(Result other) {
        return arguments().isPresent()
                && command.equals(other.command)
                && measured().equals(other.measured());
    }

    private Set<JsonNode> measured() {
        Set<JsonNode> all = new HashSet<>();
        fields.node().path("points").forEach(all::add);
        fields.node().path("candidates").forEach(all::add);
        return all;
    }
}
