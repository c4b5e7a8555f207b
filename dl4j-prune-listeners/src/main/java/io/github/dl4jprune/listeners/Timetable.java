package io.github.dl4jprune.listeners;

import io.github.dl4jprune.schedule.LogarithmicSparsity;
import io.github.dl4jprune.schedule.SparsitySchedule;
import io.github.dl4jprune.schedule.Steps;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * When a mask changes, and how much of every layer's bound it then asks for.
 *
 * @param schedule its value over its value at the last step is the fraction
 * @param steps when; counted from the moment the listener starts
 */
record Timetable(ISchedule schedule, Steps steps) {
    /** The whole bound throughout. */
    static final ISchedule WHOLE = new Whole();

    /** Once, at the start, with the whole bound. */
    static Timetable once() {
        return new Timetable(WHOLE, new Steps(ScheduleType.ITERATION, 0, 0, 1));
    }

    /**
     * What a builder was told.
     *
     * @param schedule null: Paddle's logarithm
     * @param unit null: the schedule's own, else epochs
     * @param every 0: the schedule's own, else 1
     * @param end -1: the schedule's own
     */
    static Timetable of(@Nullable ISchedule schedule, @Nullable ScheduleType unit, int every, int end) {
        Optional<Steps> own =
                schedule instanceof SparsitySchedule sparsity ? Optional.of(sparsity.steps()) : Optional.empty();
        if (own.isEmpty() && end < 0) {
            throw new IllegalArgumentException("end must be set, for the schedule does not say when pruning ends");
        }
        int last = end < 0 ? own.orElseThrow().end() : end;
        Steps steps = new Steps(
                unit == null ? own.map(Steps::unit).orElse(ScheduleType.EPOCH) : unit,
                Math.min(last, own.map(Steps::start).orElse(0)),
                last,
                every == 0 ? own.map(Steps::every).orElse(1) : every);
        return new Timetable(schedule == null ? new LogarithmicSparsity(0.5, steps) : schedule, steps);
    }

    static int requireEvery(int every) {
        if (every < 1) {
            throw new IllegalArgumentException("every must be at least 1, got " + every);
        }
        return every;
    }

    static int requireEnd(int end) {
        if (end < 0) {
            throw new IllegalArgumentException("end must be at least 0, got " + end);
        }
        return end;
    }

    Timetable {
        double last = schedule.valueAt(steps.end(), steps.end());
        if (!(last >= 0 && last <= 1)) {
            throw new IllegalArgumentException("schedule must end in [0, 1], got " + last + " at "
                    + steps.unit().name().toLowerCase(Locale.ROOT) + " " + steps.end());
        }
    }

    ScheduleType unit() {
        return steps.unit();
    }

    int end() {
        return steps.end();
    }

    void requireHeard(boolean epoch) {
        if (unit() == ScheduleType.EPOCH && !epoch) {
            throw new IllegalStateException("schedule by epochs must hear of epochs, got an iteration outside of any:"
                    + " train with fit(iterator), or use unit ITERATION under fit(DataSet) and ParallelWrapper");
        }
    }

    /** The fraction of the bounds from this count on, if the mask changes at it. */
    OptionalDouble at(int count) {
        if (!steps.contains(count, count)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(count == steps.end() ? 1 : fraction(count));
    }

    private double fraction(int count) {
        double bound =
                schedule instanceof SparsitySchedule own ? own.bound() : schedule.valueAt(steps.end(), steps.end());
        double value = schedule.valueAt(count, count);
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("schedule must stay in [0, 1], got " + value + " at " + count);
        }
        return bound == 0 ? 0 : Math.min(1, value / bound);
    }

    /** 1 throughout. */
    private record Whole() implements ISchedule {
        @Override
        public double valueAt(int iteration, int epoch) {
            return 1;
        }

        @Override
        public ISchedule clone() {
            return this;
        }
    }
}
