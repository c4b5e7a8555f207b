package io.github.dl4jprune.recipe;

import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.training.TrainingPosition;
import org.deeplearning4j.nn.api.Model;

/** Keeps a run, so that it can go on from there. */
@FunctionalInterface
public interface RecipeCheckpoint {
    /**
     * Keeps it.
     *
     * @param network the network that trains, between two iterations
     * @param iterations how many iterations of the run are done
     * @param position how far the run has come
     * @param listener what prunes it
     */
    void save(Model network, long iterations, TrainingPosition position, PruningListener listener);
}
