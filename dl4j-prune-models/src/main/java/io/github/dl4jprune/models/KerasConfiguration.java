package io.github.dl4jprune.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * What is needed of a Keras model's configuration beside DL4J's importer.
 *
 * @param sequential whether it is a plain stack of layers
 * @param inputShape of one example in Keras's axis order; empty if there are several inputs or a size is open
 */
record KerasConfiguration(boolean sequential, List<Integer> inputShape) {
    static KerasConfiguration of(String json) throws IOException {
        JsonNode model = new ObjectMapper().readTree(json);
        List<JsonNode> inputs = new ArrayList<>();
        for (JsonNode layer : model.path("config").path("layers")) {
            JsonNode shape = layer.path("config").path("batch_input_shape");
            if (shape.isArray()) {
                inputs.add(shape);
            }
        }
        boolean sequential = "Sequential".equals(model.path("class_name").asText());
        boolean single = inputs.size() == 1 || (sequential && !inputs.isEmpty()); // a stack may state its input twice
        return new KerasConfiguration(sequential, single ? sizes(inputs.get(0)) : List.of());
    }

    private static List<Integer> sizes(JsonNode batchShape) {
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 1; axis < batchShape.size(); axis++) {
            if (!batchShape.get(axis).isInt()) {
                return List.of();
            }
            sizes.add(batchShape.get(axis).asInt());
        }
        return sizes;
    }
}
