package io.github.dl4jprune.training;

import java.time.Duration;

/**
 * How far a training run has come.
 *
 * @param epoch the current epoch, from 1
 * @param epochs epochs in all
 * @param iteration iterations done, over all epochs
 * @param iterations iterations in all
 * @param loss mean over the iterations of this epoch so far of DL4J's score: loss plus regularisation
 * @param examplesPerSecond since the run began, loading and augmentation included
 * @param remaining estimate from the mean time of an iteration so far
 */
public record TrainingStatus(
        int epoch,
        int epochs,
        long iteration,
        long iterations,
        double loss,
        double examplesPerSecond,
        Duration remaining) {}
