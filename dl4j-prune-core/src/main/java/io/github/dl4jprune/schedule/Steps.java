package io.github.dl4jprune.schedule;

import java.io.Serializable;
import java.util.Objects;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * When the sparsity changes: at {@code start}, every {@code every} after it, and always at {@code end}, which is the last
 * time. Counted from 0, as DL4J counts iterations and epochs.
 *
 * @param unit what the other numbers count
 * @param start first step, at least 0
 * @param end last step, at least {@code start}
 * @param every from one step to the next, at least 1; the last may come sooner
 */
public record Steps(ScheduleType unit, int start, int end, int every) implements Serializable {
    /** Checks the numbers. */
    public Steps {
        Objects.requireNonNull(unit, "unit must be ITERATION or EPOCH");
        if (start < 0) {
            throw new IllegalArgumentException("start must be at least 0, got " + start);
        }
        if (end < start) {
            throw new IllegalArgumentException("end must be at least start = " + start + ", got " + end);
        }
        if (every < 1) {
            throw new IllegalArgumentException("every must be at least 1, got " + every);
        }
    }

    /**
     * Whether the sparsity may change now. With epochs as the unit that is true during the whole of an epoch.
     *
     * @param iteration iterations before this one
     * @param epoch epochs before this one
     * @return whether this is one of the steps
     */
    public boolean contains(int iteration, int epoch) {
        int now = now(iteration, epoch);
        return now == end || (now >= start && now < end && (now - start) % every == 0);
    }

    int now(int iteration, int epoch) {
        return unit == ScheduleType.EPOCH ? epoch : iteration;
    }

    /** How much of the way the last step before or at {@code now} was, in [0, 1]; {@code now} is not before the start. */
    double progress(int now) {
        if (now >= end) {
            return 1;
        }
        int done = (now - start) / every * every;
        return (double) done / (end - start);
    }

    /** How many steps lie between start and end, counting a shorter last one as a part. */
    double length() {
        return (double) (end - start) / every;
    }
}
