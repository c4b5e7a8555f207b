package io.github.dl4jprune.training;

import io.github.dl4jprune.cost.Cost;

/**
 * One step of a {@link PruningTrainer}: cut, then train. The last one, if epochs were left over, trains only.
 *
 * @param step number of the step, from 1; 0 is the network before any
 * @param fraction how much of the way to the target was asked for, in [0, 1]
 * @param sparsity channels removed over channels there were at first, in [0, 1)
 * @param cost what the network costs after the cut
 * @param epochs epochs trained in this step
 * @param accuracy accuracy on the validation data of the best network of this step
 * @param loss its mean loss on them
 * @param accepted whether that was within the tolerance; where it was not, the network went back a step
 */
public record PruningStep(
        int step,
        double fraction,
        double sparsity,
        Cost cost,
        int epochs,
        double accuracy,
        double loss,
        boolean accepted) {}
