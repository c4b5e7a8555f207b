package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.cli.input.TextFile;
import io.github.dl4jprune.text.NearestName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** A file that gives layers their own sparsity: {@code {"conv1": 0.3, "conv2": 0.5}}. */
final class Ratios {
    private Ratios() {}

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads one.
     *
     * @param layers that it may name
     * @throws IllegalArgumentException if it is none, or names another layer
     */
    static Map<String, Double> read(Path file, List<String> layers) throws IOException {
        JsonNode root = parse(file);
        if (!root.isObject()) {
            throw new IllegalArgumentException("ratios file \"" + file + "\" must hold one object {layer: sparsity}");
        }
        Map<String, Double> ratios = new LinkedHashMap<>();
        root.fields().forEachRemaining(field -> {
            if (!field.getValue().isNumber()) {
                throw new IllegalArgumentException(
                        "ratios file \"%s\": sparsity of layer \"%s\" must be a number, got %s"
                                .formatted(file, field.getKey(), field.getValue()));
            }
            if (!layers.contains(field.getKey())) {
                throw new IllegalArgumentException("ratios file \"%s\": layer \"%s\" must be one of the network%s"
                        .formatted(file, field.getKey(), NearestName.hintOrList(field.getKey(), layers)));
            }
            ratios.put(field.getKey(), field.getValue().asDouble());
        });
        return ratios;
    }

    private static JsonNode parse(Path file) throws IOException {
        try {
            return JSON.readTree(TextFile.read("ratios file \"" + file + "\"", file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "ratios file \"" + file + "\" must be JSON: " + e.getOriginalMessage(), e);
        }
    }
}
