package io.github.dl4jprune.mask;

import io.github.dl4jprune.network.NetworkView;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A weight mask that was applied to a network, with what it overwrote: one number a parameter.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 */
public final class AppliedWeightMask<N extends Model> {
    private final WeightMask mask;
    private final N network;
    private final INDArray overwritten;

    private AppliedWeightMask(WeightMask mask, N network, INDArray overwritten) {
        this.mask = mask;
        this.network = network;
        this.overwritten = overwritten;
    }

    static <N extends Model> AppliedWeightMask<N> apply(WeightMask mask, N network) {
        NetworkView<N> view = NetworkView.of(network);
        if (!ParameterSpans.of(view).equals(mask.parameters())) {
            throw new IllegalArgumentException("network must have the parameters of the mask, " + mask.length()
                    + " in all, got " + view.flatParameters().length());
        }
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray flat = view.flatParameters().reshape(mask.length());
            INDArray multiplier = mask.multiplier(flat.dataType());
            INDArray overwritten = flat.mul(multiplier.rsub(1.0));
            MaskMultiplier.apply(flat, multiplier);
            return new AppliedWeightMask<>(mask, network, overwritten);
        }
    }

    /** The mask. */
    public WeightMask mask() {
        return mask;
    }

    /** The masked network. */
    public N network() {
        return network;
    }

    /** Puts back what the mask overwrote, whatever the pruned parameters are now; the others keep their values. */
    public void undo() {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray flat = network.params().reshape(mask.length());
            flat.muli(mask.multiplier(flat.dataType())).addi(overwritten);
        }
    }
}
