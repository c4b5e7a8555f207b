package io.github.dl4jprune.schedule;

import org.nd4j.linalg.schedule.ScheduleType;

/**
 * All at once: 0 before {@code at}, the bound from then on.
 *
 * @param bound sparsity from {@code at} on, in [0, 1)
 * @param unit what {@code at} counts
 * @param at iterations or epochs before the step, at least 0
 */
public record OneShotSparsity(double bound, ScheduleType unit, int at) implements SparsitySchedule {
    /** Checks the bound and the step. */
    public OneShotSparsity {
        Sparsities.require("bound", bound);
        if (at < 0) {
            throw new IllegalArgumentException("at must be at least 0, got " + at);
        }
    }

    @Override
    public Steps steps() {
        return new Steps(unit, at, at, 1);
    }

    @Override
    public double curve(double progress) {
        return bound;
    }

    @Override
    public OneShotSparsity clone() {
        return this;
    }
}
