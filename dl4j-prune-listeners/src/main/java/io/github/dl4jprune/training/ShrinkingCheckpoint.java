package io.github.dl4jprune.training;

import org.deeplearning4j.nn.api.Model;

/** Keeps a run of a {@link PruningTrainer}, so that it can go on from there. */
@FunctionalInterface
public interface ShrinkingCheckpoint {
    /**
     * Keeps it.
     *
     * @param network the network of the last accepted step; to be saved with its updater state
     * @param position how far the run has come
     */
    void save(Model network, ShrinkingPosition position);

    /** Keeps nothing. */
    static ShrinkingCheckpoint none() {
        return (network, position) -> {};
    }
}
