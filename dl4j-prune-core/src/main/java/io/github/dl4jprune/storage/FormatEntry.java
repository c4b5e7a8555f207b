package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonIgnoreProperties;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The entry {@code dl4j-prune.json}. Keys may be added without a new version; a version that an older reader would
 * misunderstand counts up.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record FormatEntry(int formatVersion, @Nullable List<List<Long>> inputShapes) {
    static final String NAME = "dl4j-prune.json";
    static final int NEWEST = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    static FormatEntry of(InputShapes shapes) {
        return new FormatEntry(NEWEST, shapes.shapes());
    }

    // the version first: what a newer one changed need not parse
    static FormatEntry parse(byte[] json) throws IOException {
        JsonNode tree = StoredJson.tree(new String(json, UTF_8));
        int version = tree.path("formatVersion").asInt(0);
        if (version < 1) {
            throw new IOException("formatVersion must be >= 1, got " + tree.path("formatVersion"));
        }
        return version > NEWEST ? new FormatEntry(version, null) : JSON.treeToValue(tree, FormatEntry.class);
    }

    byte[] toJson() throws JsonProcessingException {
        return JSON.writeValueAsBytes(this);
    }

    InputShapes shapes() {
        return inputShapes == null ? InputShapes.UNKNOWN : new InputShapes(inputShapes);
    }
}
