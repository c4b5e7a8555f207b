package io.github.dl4jprune.training;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast a run goes, and what is left of it at that pace. */
final class Pace {
    private final LongSupplier nanoTime;
    private final long start;
    private long iterations;
    private long examples;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Counts an iteration. */
    void iteration(long examplesOfIt) {
        iterations++;
        examples += examplesOfIt;
    }

    /**
     * What is known now.
     *
     * @param iteration iterations done, those before this process began included
     * @param all iterations in all
     */
    TrainingStatus status(int epoch, int epochs, long iteration, long all, double loss) {
        double seconds = (nanoTime.getAsLong() - start) / 1e9;
        double left = seconds / Math.max(1, iterations) * Math.max(0, all - iteration);
        return new TrainingStatus(
                epoch,
                epochs,
                iteration,
                all,
                loss,
                seconds > 0 ? examples / seconds : 0,
                Duration.ofMillis(Math.round(left * 1000)));
    }
}
