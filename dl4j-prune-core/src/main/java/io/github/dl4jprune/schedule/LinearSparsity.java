package io.github.dl4jprune.schedule;

/**
 * Sparsity in equal stairs, {@code bound t}, with t from 0 at the first step to 1 at the last.
 *
 * @param bound sparsity at and after the last step, in [0, 1)
 * @param steps when the sparsity changes
 */
public record LinearSparsity(double bound, Steps steps) implements SparsitySchedule {
    /** Checks the bound. */
    public LinearSparsity {
        Sparsities.require("bound", bound);
    }

    @Override
    public double curve(double progress) {
        return bound * progress;
    }

    @Override
    public LinearSparsity clone() {
        return this;
    }
}
