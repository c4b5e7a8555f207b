package io.github.dl4jprune.recipe;

import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.WeightSelector;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;

/**
 * How many values of one weight tensor are exactly 0.
 *
 * @param name layer and parameter, such as {@code conv1_W}
 * @param values how many there are
 * @param sparsity fraction of zeros, in [0, 1]
 */
public record WeightSparsity(String name, long values, double sparsity) {
    /** All tensors of a network whose single weights may be pruned, in network order; see {@link WeightSelector#tensors}. */
    public static List<WeightSparsity> of(Model network) {
        NetworkView<Model> view = NetworkView.of(network);
        double[] flat = view.flatParameters().toDoubleVector();
        return new WeightSelector(view)
                .tensors().stream()
                        .map(span -> {
                            long zeros = IntStream.range(span.start(), span.end())
                                    .filter(i -> flat[i] == 0)
                                    .count();
                            return new WeightSparsity(span.name(), span.length(), (double) zeros / span.length());
                        })
                        .toList();
    }
}
