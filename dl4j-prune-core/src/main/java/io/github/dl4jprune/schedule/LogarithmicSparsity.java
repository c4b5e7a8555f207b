package io.github.dl4jprune.schedule;

import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Sparsity along a logarithm, {@code bound ln(2 + n) / ln(2 + m)} at the n-th of m steps (from 0): the dynamic pruning
 * hook proposed for PaddlePaddle. Because of the 2 the first step already removes a good part of the bound. Where
 * {@code every} does not divide the way, m is not whole, and the last step, which the hook then left out, still reaches
 * the bound.
 *
 * @param bound sparsity at and after the last step, in [0, 1)
 * @param steps when the sparsity changes
 * @see <a href="https://github.com/PaddlePaddle/Paddle/pull/2603">PaddlePaddle, pull request 2603</a>
 */
public record LogarithmicSparsity(double bound, Steps steps) implements SparsitySchedule {
    /** Checks the bound. */
    public LogarithmicSparsity {
        Sparsities.require("bound", bound);
    }

    /** The hook's own defaults: 0.8 at epoch 60, changed every 3 epochs. */
    public static LogarithmicSparsity published() {
        return new LogarithmicSparsity(0.8, new Steps(ScheduleType.EPOCH, 0, 60, 3));
    }

    @Override
    public double curve(double progress) {
        double length = steps.length();
        return bound * Math.log(2 + progress * length) / Math.log(2 + length);
    }

    @Override
    public LogarithmicSparsity clone() {
        return this;
    }
}
