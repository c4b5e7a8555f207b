package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** What is left of a model file without this library's entries and constraints. */
final class Stripping {
    private static final String OWN_ENTRY = "dl4j-prune";
    private static final String OWN_CLASS = "io.github.dl4jprune.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Stripping() {}

    static Map<String, byte[]> of(Path file, ModelEntries entries) {
        Map<String, byte[]> kept = new LinkedHashMap<>();
        for (String name : entries.names()) {
            if (!name.startsWith(OWN_ENTRY)) {
                byte[] content = entries.content(name);
                kept.put(name, name.equals(ModelFile.CONFIGURATION) ? configuration(file, content) : content);
            }
        }
        return kept;
    }

    private static byte[] configuration(Path file, byte[] content) {
        try {
            JsonNode root = StoredJson.tree(new String(content, UTF_8));
            boolean changed = removeConstraints(root);
            requireNoClasses(file, root);
            return changed ? JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root) : content;
        } catch (IOException e) {
            throw new ModelFileException(file, "has an unreadable configuration.json: " + e.getMessage(), e);
        }
    }

    private static boolean removeConstraints(JsonNode node) {
        boolean changed = false;
        if (node instanceof ObjectNode object && object.get("constraints") instanceof ArrayNode constraints) {
            for (Iterator<JsonNode> all = constraints.iterator(); all.hasNext(); ) {
                if (all.next().path("@class").asText().startsWith(OWN_CLASS)) {
                    all.remove();
                    changed = true;
                }
            }
            if (changed && constraints.isEmpty()) {
                object.putNull("constraints");
            }
        }
        for (JsonNode child : node) {
            changed |= removeConstraints(child);
        }
        return changed;
    }

    private static void requireNoClasses(Path file, JsonNode node) {
        if (node.path("@class").asText().startsWith(OWN_CLASS)) {
            throw new ModelFileException(
                    file,
                    "cannot be stripped: it needs the class "
                            + node.path("@class").asText() + ", without which it is another network");
        }
        node.forEach(child -> requireNoClasses(file, child));
    }
}
