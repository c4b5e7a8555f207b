package io.github.dl4jprune.storage;

import java.io.IOException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * JSON out of a file, which may be hostile: what would take far more time or memory than its length lets expect is refused
 * before it is parsed.
 */
final class StoredJson {
    static final int DEEPEST = 500;
    static final int MOST_CONTAINERS = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private StoredJson() {}

    /**
     * Parses a text.
     *
     * @throws IOException if it is no JSON, nested more than {@value #DEEPEST} deep, or of more than {@value #MOST_CONTAINERS}
     *     objects and lists
     */
    static JsonNode tree(String json) throws IOException {
        requireBounded(json);
        return JSON.readTree(json);
    }

    private static void requireBounded(String json) throws IOException {
        int depth = 0;
        int containers = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                i += c == '\\' ? 1 : 0; // what is escaped ends nothing
            } else if (c == '{' || c == '[') {
                depth++;
                containers++;
                require(depth <= DEEPEST, "it is nested more than " + DEEPEST + " deep");
                require(containers <= MOST_CONTAINERS, "it has more than " + MOST_CONTAINERS + " objects and lists");
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }

    private static void require(boolean condition, String message) throws IOException {
        if (!condition) {
            throw new IOException(message);
        }
    }
}
