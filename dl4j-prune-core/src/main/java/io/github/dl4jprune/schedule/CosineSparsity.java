package io.github.dl4jprune.schedule;

/**
 * Sparsity along half a cosine wave, {@code bound (1 - cos(pi t)) / 2}, with t from 0 at the first step to 1 at the last:
 * gentle at both ends.
 *
 * @param bound sparsity at and after the last step, in [0, 1)
 * @param steps when the sparsity changes
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter (2017), equation 5: the same curve, for learning
 *     rates</a>
 */
public record CosineSparsity(double bound, Steps steps) implements SparsitySchedule {
    /** Checks the bound. */
    public CosineSparsity {
        Sparsities.require("bound", bound);
    }

    @Override
    public double curve(double progress) {
        return bound * (1 - Math.cos(Math.PI * progress)) / 2;
    }

    @Override
    public CosineSparsity clone() {
        return this;
    }
}
