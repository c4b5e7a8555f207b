package io.github.dl4jprune.mask;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.network.NetworkView;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Finds the channels whose every reading weight is pruned. */
final class UnreadChannels {
    private UnreadChannels() {}

    static ChannelMask of(WeightMask mask, NetworkView<? extends Model> network, ChannelGraph graph) {
        Set<Integer> seen = new HashSet<>();
        Set<Integer> alive = new HashSet<>();
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray multiplier = mask.multiplier(network.flatParameters().dataType());
            for (ParameterAxis axis : graph.axes()) {
                INDArray parameter = network.parameters(axis.node()).get(axis.key());
                if (parameter != null && axis.side() == ParameterAxis.Side.INPUT) {
                    count(graph, axis, view(multiplier, parameter, network.flatParameters()), seen, alive);
                }
            }
        }
        seen.removeAll(alive);
        seen.removeIf(c -> graph.pin(c).isPresent());
        return LargestMask.of(graph, seen);
    }

    private static void count(
            ChannelGraph graph, ParameterAxis axis, INDArray kept, Set<Integer> seen, Set<Integer> alive) {
        int own = axis.in(kept);
        int[] others = IntStream.range(0, kept.rank()).filter(i -> i != own).toArray();
        double[] left =
                others.length == 0 ? kept.toDoubleVector() : kept.sum(others).toDoubleVector();
        int[] ids = axis.ids();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != ParameterAxis.FIXED) {
                int c = graph.classOf(ids[i]);
                seen.add(c);
                if (left[i] > 0) {
                    alive.add(c);
                }
            }
        }
    }

    private static INDArray view(INDArray multiplier, INDArray parameter, INDArray flat) {
        long start = parameter.offset() - flat.offset();
        return multiplier
                .get(NDArrayIndex.interval(start, start + parameter.length()))
                .reshape(parameter.ordering(), parameter.shape());
    }
}
