package io.github.dl4jprune.schedule;

/**
 * Sparsity that rises fast, while there is much to spare, then settles:
 * {@code bound + (initial - bound) (1 - t)^3}, with t from 0 at the first step to 1 at the last. Also known as automated
 * gradual pruning (AGP).
 *
 * @param initial sparsity at the first step, in [0, bound]
 * @param bound sparsity at and after the last step, in [0, 1)
 * @param steps when the sparsity changes
 * @see <a href="https://arxiv.org/abs/1710.01878">Zhu and Gupta (2017), To prune, or not to prune, equation 1</a>
 */
public record CubicSparsity(double initial, double bound, Steps steps) implements SparsitySchedule {
    /** Checks both sparsities. */
    public CubicSparsity {
        Sparsities.require("bound", bound);
        if (!(initial >= 0 && initial <= bound)) {
            throw new IllegalArgumentException("initial must be in [0, bound = " + bound + "], got " + initial);
        }
    }

    @Override
    public double curve(double progress) {
        double left = 1 - progress;
        return bound + (initial - bound) * left * left * left;
    }

    @Override
    public CubicSparsity clone() {
        return this;
    }
}
