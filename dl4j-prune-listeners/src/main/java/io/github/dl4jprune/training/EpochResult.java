package io.github.dl4jprune.training;

/**
 * What one epoch came to.
 *
 * @param epoch from 1
 * @param loss mean over the iterations of DL4J's score: loss plus regularisation
 * @param validationAccuracy after the epoch, in [0, 1]; NaN where there is no validation data
 * @param sparsity at the last iteration, in [0, 1]
 */
public record EpochResult(int epoch, double loss, double validationAccuracy, double sparsity) {}
