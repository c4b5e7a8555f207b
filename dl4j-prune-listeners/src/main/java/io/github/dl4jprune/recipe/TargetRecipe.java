package io.github.dl4jprune.recipe;

import java.util.OptionalDouble;

/**
 * When prune-and-shrink has done enough.
 *
 * @param macs fraction of the multiply-adds to come down to, in (0, 1)
 * @param tolerance how much validation accuracy may be lost, in [0, 1): where a step loses more, the network before it is
 *     the result
 */
public record TargetRecipe(OptionalDouble macs, OptionalDouble tolerance) {
    /** No target but the sparsity. */
    public static final TargetRecipe NONE = new TargetRecipe(OptionalDouble.empty(), OptionalDouble.empty());

    /** Checks the ranges. */
    public TargetRecipe {
        macs.ifPresent(value -> {
            if (!(value > 0 && value < 1)) {
                throw new IllegalArgumentException("target.macs must be in (0, 1), got " + value);
            }
        });
        tolerance.ifPresent(value -> {
            if (!(value >= 0 && value < 1)) {
                throw new IllegalArgumentException("target.tolerance must be in [0, 1), got " + value);
            }
        });
    }
}
