package io.github.dl4jprune.storage;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds NaN and infinite parameters. */
final class NonFiniteWeights {
    private NonFiniteWeights() {}

    /** The first such value, with its layer and parameter. */
    static Optional<String> firstOf(Model network) {
        INDArray all = network.params();
        if (all == null || all.isEmpty() || finite(all)) {
            return Optional.empty();
        }
        NetworkView<Model> view = NetworkView.of(network);
        for (NetworkNode node : view.structure().nodes()) {
            for (Map.Entry<String, INDArray> parameter :
                    view.parameters(node.name()).entrySet()) {
                if (!finite(parameter.getValue())) {
                    return Optional.of("%s (layer \"%s\", parameter \"%s\")"
                            .formatted(firstValue(parameter.getValue()), node.name(), parameter.getKey()));
                }
            }
        }
        throw new IllegalStateException("a value that is not finite must lie in some parameter");
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
