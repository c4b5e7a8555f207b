package io.github.dl4jprune.recipe;

import java.util.OptionalInt;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * How sparsity grows in a run.
 *
 * @param curve along which shape
 * @param unit what {@code every} and {@code end} count
 * @param every from one mask change to the next, at least 1
 * @param end the last change, always with the full bound; empty: half of the run
 */
public record ScheduleRecipe(SparsityCurve curve, ScheduleType unit, int every, OptionalInt end) {
    /** Checks the numbers. */
    public ScheduleRecipe {
        if (every < 1) {
            throw new IllegalArgumentException("schedule.every must be at least 1, got " + every);
        }
        if (end.orElse(0) < 0) {
            throw new IllegalArgumentException("schedule.end must be at least 0, got " + end.getAsInt());
        }
    }

    /** Paddle's logarithm, changed at every epoch. */
    public static ScheduleRecipe standard() {
        return new ScheduleRecipe(SparsityCurve.LOG, ScheduleType.EPOCH, 1, OptionalInt.empty());
    }
}
