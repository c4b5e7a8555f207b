package io.github.dl4jprune.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds NaN and infinite parameters. */
final class NonFiniteWeights {
    private NonFiniteWeights() {}

    /** The first layer and parameter with such a value, and the value. */
    static Optional<String> firstOf(Model network) {
        INDArray all = network.params();
        if (all == null || finite(all)) {
            return Optional.empty();
        }
        for (Map.Entry<String, Map<String, INDArray>> layer :
                parameters(network).entrySet()) {
            for (Map.Entry<String, INDArray> parameter : layer.getValue().entrySet()) {
                if (!finite(parameter.getValue())) {
                    return Optional.of("%s (layer \"%s\", parameter \"%s\")"
                            .formatted(firstValue(parameter.getValue()), layer.getKey(), parameter.getKey()));
                }
            }
        }
        throw new IllegalStateException("a value that is not finite must lie in some parameter");
    }

    private static Map<String, Map<String, INDArray>> parameters(Model network) {
        Map<String, Map<String, INDArray>> found = new LinkedHashMap<>();
        if (network instanceof MultiLayerNetwork layers) {
            for (Layer layer : layers.getLayers()) {
                String name = layer.conf().getLayer().getLayerName();
                found.put(name == null ? String.valueOf(layer.getIndex()) : name, layer.paramTable());
            }
        } else {
            for (GraphVertex vertex : ((ComputationGraph) network).getVertices()) {
                found.put(vertex.getVertexName(), vertex.paramTable(false));
            }
        }
        found.values().removeIf(table -> table == null);
        return found;
    }

    // x - x is 0 for finite x and NaN for all others
    private static boolean finite(INDArray values) {
        return values.sub(values).sumNumber().doubleValue() == 0;
    }

    private static double firstValue(INDArray values) {
        for (long i = 0; i < values.length(); i++) {
            if (!Double.isFinite(values.getDouble(i))) {
                return values.getDouble(i);
            }
        }
        throw new IllegalStateException("all values are finite");
    }
}
