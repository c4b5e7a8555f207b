package io.github.dl4jprune.training;

/** Hears how a training run goes, on the thread that trains: what it does there, training waits for. */
@FunctionalInterface
public interface TrainingProgress {

    /**
     * Called after each epoch.
     *
     * @param status with the mean loss of the whole epoch
     */
    void epochDone(TrainingStatus status);

    /**
     * Called after each iteration, before {@link #epochDone} at the last one of an epoch.
     *
     * @param status with the mean loss of the epoch so far
     */
    default void iterationDone(TrainingStatus status) {}

    /** Hears nothing. */
    static TrainingProgress none() {
        return status -> {};
    }
}
