package io.github.dl4jprune.selection;

import io.github.dl4jprune.mask.WeightMask;
import java.util.List;

/**
 * The outcome of selecting single weights.
 *
 * @param mask what to prune
 * @param parameters the tensors that took part, in the order of the flat parameter vector
 */
public record WeightSelection(WeightMask mask, List<ParameterSelection> parameters) {
    /** Copies the list. */
    public WeightSelection {
        parameters = List.copyOf(parameters);
    }

    /** Pruned weights over weights that took part, in [0, 1). */
    public double sparsity() {
        long all = 0;
        long pruned = 0;
        for (ParameterSelection selection : parameters) {
            all += selection.parameter().length();
            pruned += selection.pruned();
        }
        return all == 0 ? 0 : (double) pruned / all;
    }
}
