package io.github.dl4jprune.recipe;

import io.github.dl4jprune.training.LearningRateSchedule;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * What every layer of a run is trained with.
 *
 * @param kind which updater
 * @param learningRate at the first iteration, positive
 * @param momentum in [0, 1); used by Nesterov's alone
 * @param schedule how the learning rate moves over the run
 */
public record UpdaterRecipe(UpdaterKind kind, double learningRate, double momentum, LearningRateSchedule schedule) {
    /** Checks the ranges. */
    public UpdaterRecipe {
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("updater.learningRate must be positive and finite, got " + learningRate);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("updater.momentum must be in [0, 1), got " + momentum);
        }
    }

    /** Nesterov momentum 0.9 from 0.01 along a cosine. */
    public static UpdaterRecipe standard() {
        return new UpdaterRecipe(UpdaterKind.NESTEROVS, 0.01, 0.9, LearningRateSchedule.COSINE);
    }

    /** A new updater at the initial learning rate. */
    public IUpdater create() {
        return kind.create(learningRate, momentum);
    }
}
