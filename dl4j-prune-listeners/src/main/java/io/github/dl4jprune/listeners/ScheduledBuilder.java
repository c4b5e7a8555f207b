package io.github.dl4jprune.listeners;

import io.github.dl4jprune.schedule.SparsitySchedule;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * What the builders share whose listeners change their mask over time.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ScheduledBuilder<B extends ScheduledBuilder<B>> extends PruningBuilder<B>
        permits DynamicPruningListener.Builder, SoftPruningListener.Builder {
    private @Nullable ISchedule schedule;
    private @Nullable ScheduleType unit;
    private int every;
    private int end = -1;

    ScheduledBuilder() {}

    /**
     * The fraction of the bounds, or the sparsity, over time. Unless {@link #every}, {@link #unit} or {@link #end} are
     * set, a {@link SparsitySchedule} says itself when masks change, and gives the bound if {@link #sparsity} does not.
     */
    public B schedule(ISchedule value) {
        schedule = value;
        return self();
    }

    /** From one mask change to the next, in units; by default 1. */
    public B every(int value) {
        every = Timetable.requireEvery(value);
        return self();
    }

    /** What is counted; by default epochs. */
    public B unit(ScheduleType value) {
        unit = value;
        return self();
    }

    /** The last mask change, in units from the start; what it prunes stays pruned. */
    public B end(int value) {
        end = Timetable.requireEnd(value);
        return self();
    }

    /** The schedule of a builder that was given none; null: Paddle's logarithm. */
    abstract @Nullable ISchedule usual();

    final Timetable timetable() {
        return Timetable.of(schedule == null ? usual() : schedule, unit, every, end);
    }

    @Override
    OptionalDouble defaultSparsity() {
        return schedule instanceof SparsitySchedule own ? OptionalDouble.of(own.bound()) : OptionalDouble.empty();
    }
}
