package io.github.dl4jprune.onnx;

import java.util.Map;
import java.util.Objects;

/**
 * What an export rule sees of one vertex that is no layer.
 *
 * @param ops writes operators
 * @param values what every node before it put out, by name
 */
record VertexSite(Operators ops, Map<String, Value> values) {
    Value value(String node) {
        return Objects.requireNonNull(values.get(node), node);
    }
}
