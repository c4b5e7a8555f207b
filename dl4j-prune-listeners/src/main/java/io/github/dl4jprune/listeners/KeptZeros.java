package io.github.dl4jprune.listeners;

import io.github.dl4jprune.mask.ParameterSpan;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.RunningStatistics;
import java.util.BitSet;
import org.deeplearning4j.nn.api.Model;

/**
 * The zeros of a network that was pruned before, so that it can train on, by any means, without losing them. Every parameter that is exactly 0 counts,
 * a bias that was never trained, too; running statistics do not.
 */
public final class KeptZeros {
    private KeptZeros() {}

    /**
     * Finds them.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @return where they are; empty if there are none
     */
    public static WeightMask of(Model network) {
        NetworkView<Model> view = NetworkView.of(network);
        WeightMask zeros = WeightMask.ofZeros(view);
        BitSet kept = zeros.positions();
        for (ParameterSpan span : zeros.parameters()) {
            if (RunningStatistics.include(span.key())) {
                kept.clear(span.start(), span.end());
            }
        }
        return WeightMask.of(view, kept);
    }

    /**
     * Keeps the zeros of one network in another of the same parameters, such as itself, while that trains.
     *
     * @param zeros as {@link #of} found them
     * @param network listens from now on
     * @return the listener that keeps them
     */
    public static WeightMaskListener keep(WeightMask zeros, Model network) {
        return WeightMaskListener.attach(
                network, zeros.multiplier(network.params().dataType()));
    }
}
