package io.github.dl4jprune.surgery;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.Blueprint;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.UpdaterState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Builds the network that a channel mask leaves over. Parameters and updater state are gathered through the channel
 * graph; counters, listeners, frozen layers, constraints and workspace modes are those of the original, which is left
 * untouched. The stored state of recurrent layers between calls of rnnTimeStep is not carried over.
 *
 * <p>Memory beside the new network and its updater state: at most twice the largest parameter.
 */
public final class Surgery {
    private Surgery() {}

    /**
     * The smaller network.
     *
     * @param network the trained network
     * @param mask over the network's own channel graph
     */
    public static <N extends Model> N shrink(NetworkView<N> network, ChannelMask mask) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            Map<String, Map<String, Map<Integer, int[]>>> kept = keptPositions(network, mask);
            Blueprint<N> blueprint = network.blueprint();
            new ConfigurationEdit(blueprint, mask).apply();
            NetworkView<N> small = blueprint.build(parameterCount(network, kept));
            copyValues(network, small, kept);
            return small.model();
        }
    }

    /** An exact copy, by the same road: updater state, counters and listeners included. */
    public static <N extends Model> N copy(NetworkView<N> network) {
        return shrink(network, ChannelMask.none(ChannelGraph.of(network)));
    }

    /** For each node, parameter and axis that loses positions: those that stay. */
    private static Map<String, Map<String, Map<Integer, int[]>>> keptPositions(
            NetworkView<? extends Model> network, ChannelMask mask) {
        Map<String, Map<String, Map<Integer, int[]>>> result = new HashMap<>();
        for (NetworkNode node : network.structure().nodes()) {
            Map<String, INDArray> parameters = network.parameters(node.name());
            for (ParameterAxis axis : mask.graph().axes(node.name())) {
                int[] kept = mask.kept(axis.ids());
                INDArray parameter = parameters.get(axis.key());
                if (parameter != null && kept.length < axis.ids().length) {
                    result.computeIfAbsent(node.name(), name -> new HashMap<>())
                            .computeIfAbsent(axis.key(), key -> new HashMap<>())
                            .put(axis.in(parameter), kept);
                }
            }
        }
        return result;
    }

    private static long parameterCount(
            NetworkView<? extends Model> network, Map<String, Map<String, Map<Integer, int[]>>> kept) {
        long sum = 0;
        for (NetworkNode node : network.structure().nodes()) {
            for (Map.Entry<String, INDArray> parameter :
                    network.parameters(node.name()).entrySet()) {
                long[] shape = parameter.getValue().shape().clone();
                positions(kept, node.name(), parameter.getKey())
                        .forEach((axis, positions) -> shape[axis] = positions.length);
                long length = 1;
                for (long size : shape) {
                    length *= size;
                }
                sum += length;
            }
        }
        return sum;
    }

    private static Map<Integer, int[]> positions(
            Map<String, Map<String, Map<Integer, int[]>>> kept, String node, String key) {
        return kept.getOrDefault(node, Map.of()).getOrDefault(key, Map.of());
    }

    private static void copyValues(
            NetworkView<? extends Model> from,
            NetworkView<? extends Model> to,
            Map<String, Map<String, Map<Integer, int[]>>> kept) {
        Optional<UpdaterState> oldState = from.updaterState();
        Optional<UpdaterState> newState = to.updaterState();
        for (NetworkNode node : from.structure().nodes()) {
            Map<String, INDArray> targets = to.parameters(node.name());
            from.parameters(node.name()).forEach((key, source) -> {
                INDArray target = targets.get(key);
                if (target == null) {
                    throw new IllegalStateException("layer \"" + node.name() + "\", parameter \"" + key
                            + "\": must exist in the rebuilt network");
                }
                Map<Integer, int[]> positions = positions(kept, node.name(), key);
                AxisGather.copy(source, positions, target);
                if (oldState.isPresent() && newState.isPresent()) {
                    copyState(oldState.get().components(source), newState.get().components(target), positions);
                }
            });
        }
    }

    private static void copyState(List<INDArray> from, List<INDArray> to, Map<Integer, int[]> positions) {
        for (int k = 0; k < Math.min(from.size(), to.size()); k++) {
            AxisGather.copy(from.get(k), positions, to.get(k));
        }
    }
}
