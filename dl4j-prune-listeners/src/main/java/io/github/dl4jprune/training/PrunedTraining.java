package io.github.dl4jprune.training;

import java.util.List;
import org.deeplearning4j.nn.api.Model;

/**
 * What a {@link PruningTrainer} made.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @param network the network of the last accepted step, as it was when it was best on the validation data
 * @param steps every step, the network before any first
 * @param end why it ended
 */
public record PrunedTraining<N extends Model>(N network, List<PruningStep> steps, End end) {
    /** Why pruning ended. */
    public enum End {
        /** The sparsity or the multiply-adds asked for are reached. */
        TARGET_REACHED,
        /** Any more would have cost more accuracy than is tolerated. */
        TOLERANCE_EXHAUSTED
    }

    /** Copies the list. */
    public PrunedTraining {
        steps = List.copyOf(steps);
    }

    /** The last accepted step. */
    public PruningStep last() {
        return steps.stream().filter(PruningStep::accepted).reduce((a, b) -> b).orElseThrow();
    }
}
