package io.github.dl4jprune.schedule;

/**
 * Sparsity that nears its bound asymptotically, {@code bound (1 - y^t) / (1 - y)}, with t from 0 at the first step to 1 at
 * the last: the curve {@code a e^(-kt) + b} through 0 at the start, 3/4 of the bound after 1/8 of the way, and the bound at
 * the end. These three points fix y = e^(-k) whatever the bound, as the root below 1 of
 * {@code y^(1/8) - 3/4 y - 1/4 = 0}.
 *
 * @param bound sparsity at and after the last step, in [0, 1)
 * @param steps when the sparsity changes
 * @see <a href="https://arxiv.org/abs/1808.07471">He et al. (2018), Asymptotic Soft Filter Pruning</a>
 */
public record AsymptoticSparsity(double bound, Steps steps) implements SparsitySchedule {
    private static final double REMAINDER = remainder();

    /** Checks the bound. */
    public AsymptoticSparsity {
        Sparsities.require("bound", bound);
    }

    @Override
    public double curve(double progress) {
        return bound * (1 - Math.pow(REMAINDER, progress)) / (1 - REMAINDER);
    }

    @Override
    public AsymptoticSparsity clone() {
        return this;
    }

    /** By bisection: the left side is negative at 0, positive at 0.1, and rises in between. */
    private static double remainder() {
        double low = 0;
        double high = 0.1;
        for (double middle = high / 2; low < middle && middle < high; middle = (low + high) / 2) {
            if (Math.pow(middle, 0.125) - 0.75 * middle - 0.25 < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
