package io.github.dl4jprune.search;

import java.util.List;

/**
 * One part of a network pruned at a time, over a range of sparsities, all others intact: Distiller's sensitivity
 * analysis. Nothing is trained.
 *
 * <p>Cost: one evaluation a subject and sparsity. The points are independent of each other, so that a run that was cut
 * short goes on with those that are missing.
 */
public sealed interface SensitivityScan permits ChannelSensitivity, WeightSensitivity {
    /** What can be pruned alone, in network order. */
    List<SensitivitySubject> subjects();

    /**
     * Prunes one subject, measures, and leaves the network as it was.
     *
     * @param subject one of {@link #subjects}
     * @param sparsity fraction of its channels or weights, in [0, 1)
     * @param measure what tells the quality
     * @throws IllegalArgumentException if the sparsity is out of range
     */
    SensitivityPoint measure(SensitivitySubject subject, double sparsity, QualityMeasure measure);
}
