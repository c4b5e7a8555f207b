package io.github.dl4jprune.training;

import org.deeplearning4j.nn.api.Model;

/** Ends a run that has lost its way, after any epoch, before its result could be kept. */
final class Divergence {
    private Divergence() {}

    /**
     * Refuses to go on without finite numbers. The loss of an iteration is that before its update, so what the last update
     * did is seen in the parameters alone.
     *
     * @param trained after the last update of the epoch
     * @param status of that epoch
     * @param learningRate at the first iteration, or what is known of it
     * @throws TrainingDivergedException if the mean loss of the epoch or a parameter is infinite or NaN
     */
    static void refuse(Model trained, TrainingStatus status, String learningRate) {
        if (!Double.isFinite(status.loss())) {
            throw diverged("mean loss of epoch " + status.epoch() + " is " + status.loss(), learningRate);
        }
        if (!Double.isFinite(trained.params().norm1Number().doubleValue())) {
            throw diverged("parameters after epoch " + status.epoch() + " are infinite or NaN", learningRate);
        }
    }

    private static TrainingDivergedException diverged(String what, String learningRate) {
        return new TrainingDivergedException("training diverged: " + what + " at " + learningRate);
    }
}
