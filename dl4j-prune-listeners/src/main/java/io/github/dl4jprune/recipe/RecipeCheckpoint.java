package io.github.dl4jprune.recipe;

import io.github.dl4jprune.listeners.PruningState;
import io.github.dl4jprune.training.TrainingPosition;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;

/** Keeps a run, so that it can go on from there. */
@FunctionalInterface
public interface RecipeCheckpoint {
    /** Of a method whose listener has no state that outlives an iteration. */
    Optional<PruningState> NO_STATE = Optional.empty();

    /**
     * Keeps it.
     *
     * @param network the network that trains, between two iterations
     * @param iterations how many iterations of the run are done
     * @param position how far the run has come
     * @param state of the listener that prunes it, if it has any
     */
    void save(Model network, long iterations, TrainingPosition position, Optional<PruningState> state);
}
