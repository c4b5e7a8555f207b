package io.github.dl4jprune.mask;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.RunningStatistics;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A channel mask as zeros and ones over a network's parameters: all that is recorded for a pruned channel, on the side
 * that produces it and on the side that reads it, is zero, so that the masked network and the shrunk one are the same
 * function. The running statistics of batch normalisation stay: they are no weights, and a pruned channel's are read by
 * nobody.
 */
public final class MaskMultiplier {
    private MaskMultiplier() {}

    /**
     * The multiplier, as long as the flat parameter vector and of its data type: 0.0 where a pruned channel's weights
     * lie, else 1.0. Outside any workspace. Cost: one number a parameter.
     */
    public static INDArray of(ChannelMask mask, NetworkView<? extends Model> network) {
        List<ParameterAxis> weights = mask.graph().axes().stream()
                .filter(axis -> !RunningStatistics.include(axis.key()))
                .toList();
        return of(mask, network, weights);
    }

    /**
     * The same with the running statistics of pruned channels at 0 too, so that they neither count in a gradient's norm
     * nor shrink for ever; they rest at mean 0 and, where DL4J keeps the logarithm, at standard deviation 1.
     */
    public static INDArray withStatistics(ChannelMask mask, NetworkView<? extends Model> network) {
        return of(mask, network, mask.graph().axes());
    }

    /**
     * Zeros only where pruned channels are made: the weights and biases of the layers that produce them. Batch
     * normalisations and readers stay, so that gradients still reach those weights.
     */
    public static INDArray ofProducers(ChannelMask mask, NetworkView<? extends Model> network) {
        return of(mask, network, mask.graph().producerAxes());
    }

    /**
     * Multiplies values by a multiplier of zeros and ones, in place. What is pruned becomes +0: a product of a negative weight
     * and 0 is -0, which is equal to 0 but another bit pattern, so that a saved network's zeros would take one bit of
     * entropy each (a zip of a VGG at 80 % sparsity is a sixth larger).
     *
     * @param values parameters, of any shape
     * @param multiplier as many zeros and ones, in the order of the values in memory, of the same data type
     */
    public static void apply(INDArray values, INDArray multiplier) {
        values.reshape(values.ordering(), true, values.length())
                .muli(multiplier.reshape(values.length()))
                .addi(0.0);
    }

    private static INDArray of(ChannelMask mask, NetworkView<? extends Model> network, List<ParameterAxis> axes) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray flat = network.flatParameters();
            INDArray ones = Nd4j.ones(flat.dataType(), flat.length());
            for (ParameterAxis axis : axes) {
                INDArray parameter = network.parameters(axis.node()).get(axis.key());
                if (parameter != null) {
                    zero(view(ones, parameter, flat), axis, mask);
                }
            }
            return ones;
        }
    }

    private static INDArray view(INDArray ones, INDArray parameter, INDArray flat) {
        long start = parameter.offset() - flat.offset();
        return ones.get(NDArrayIndex.interval(start, start + parameter.length()))
                .reshape(parameter.ordering(), parameter.shape());
    }

    private static void zero(INDArray parameter, ParameterAxis axis, ChannelMask mask) {
        int[] ids = axis.ids();
        double[] factors = new double[ids.length];
        for (int position = 0; position < ids.length; position++) {
            factors[position] = mask.prunes(ids[position]) ? 0.0 : 1.0;
        }
        axis.scale(parameter, factors);
    }
}
