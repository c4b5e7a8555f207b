package io.github.dl4jprune.schedule;

/**
 * What is left shrinks by the same factor at every step, {@code 1 - (1 - bound)^t}, with t from 0 at the first step to 1
 * at the last: iterative pruning of a fixed fraction of the survivors.
 *
 * @param bound sparsity at and after the last step, in [0, 1)
 * @param steps when the sparsity changes
 * @see <a href="https://arxiv.org/abs/1803.03635">Frankle and Carbin (2019), The Lottery Ticket Hypothesis, section 1:
 *     each of n rounds prunes p^(1/n) of what survives</a>
 */
public record ExponentialSparsity(double bound, Steps steps) implements SparsitySchedule {
    /** Checks the bound. */
    public ExponentialSparsity {
        Sparsities.require("bound", bound);
    }

    @Override
    public double curve(double progress) {
        return -Math.expm1(progress * Math.log1p(-bound));
    }

    @Override
    public ExponentialSparsity clone() {
        return this;
    }
}
