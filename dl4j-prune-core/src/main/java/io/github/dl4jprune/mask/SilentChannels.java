package io.github.dl4jprune.mask;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.RunningStatistics;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Finds the channels that nothing is put into: every parameter that makes them, biases and batch-norm scales and shifts
 * included, is exactly 0. Where no activation function turns 0 into something else, such a channel is 0 for every input.
 */
public final class SilentChannels {
    private SilentChannels() {}

    /**
     * The channels.
     *
     * @param network the network
     * @param graph its channel graph
     * @return the channels; where they would empty a layer, fewer
     */
    public static ChannelMask of(NetworkView<? extends Model> network, ChannelGraph graph) {
        Set<Integer> seen = new HashSet<>();
        Set<Integer> alive = new HashSet<>();
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            for (ParameterAxis axis : graph.axes()) {
                INDArray parameter = network.parameters(axis.node()).get(axis.key());
                if (parameter != null
                        && axis.side() == ParameterAxis.Side.OUTPUT
                        && !RunningStatistics.include(axis.key())) {
                    look(graph, axis, parameter, seen, alive);
                }
            }
        }
        seen.removeAll(alive);
        seen.removeIf(c -> graph.pin(c).isPresent());
        return LargestMask.of(graph, seen);
    }

    private static void look(
            ChannelGraph graph, ParameterAxis axis, INDArray parameter, Set<Integer> seen, Set<Integer> alive) {
        int own = axis.in(parameter);
        int[] others =
                IntStream.range(0, parameter.rank()).filter(i -> i != own).toArray();
        INDArray largest = others.length == 0 ? parameter.dup().reshape(parameter.length()) : parameter.amax(others);
        double[] magnitudes = largest.toDoubleVector();
        int[] ids = axis.ids();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != ParameterAxis.FIXED) {
                int c = graph.classOf(ids[i]);
                seen.add(c);
                if (magnitudes[i] != 0) {
                    alive.add(c);
                }
            }
        }
    }
}
