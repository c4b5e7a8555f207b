package io.github.dl4jprune.recipe;

import io.github.dl4jprune.training.ToleranceMeasure;
import java.util.OptionalDouble;

/**
 * When prune-and-shrink has done enough.
 *
 * @param macs fraction of the multiply-adds to come down to, in (0, 1)
 * @param tolerance how much validation accuracy may be lost, in [0, 1), or how much the validation loss may rise, at least 0:
 *     where a step loses more, the network before it is the result
 * @param measure which of them
 */
public record TargetRecipe(OptionalDouble macs, OptionalDouble tolerance, ToleranceMeasure measure) {
    /** No target but the sparsity. */
    public static final TargetRecipe NONE =
            new TargetRecipe(OptionalDouble.empty(), OptionalDouble.empty(), ToleranceMeasure.ACCURACY);

    /** Checks the ranges. */
    public TargetRecipe {
        macs.ifPresent(value -> {
            if (!(value > 0 && value < 1)) {
                throw new IllegalArgumentException("target.macs must be in (0, 1), got " + value);
            }
        });
        tolerance.ifPresent(value -> {
            boolean loss = measure == ToleranceMeasure.LOSS;
            if (!(value >= 0 && value < (loss ? Double.POSITIVE_INFINITY : 1))) {
                throw new IllegalArgumentException("target.tolerance must be "
                        + (loss ? "at least 0 and finite" : "in [0, 1)") + ", got " + value);
            }
        });
    }
}
