package io.github.dl4jprune.channel;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkStructure;
import io.github.dl4jprune.network.NodeContent;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/**
 * Pooling by p-norm, {@code (sum |x|^p)^(1/p)} over a window. In DL4J 1.0.0-M2.1 its gradient is 0 / 0 where all of a window
 * is 0, so a network whose channels are held at 0 in front of one becomes NaN in one training step. Inference, and training
 * once the channels are cut out, are not touched.
 */
public final class NormPooling {
    private NormPooling() {}

    /**
     * The first such layer that reads channels which are 0 there once they are masked.
     *
     * @param structure the network
     * @param graph its channel graph
     * @param classes the channels
     * @return the layer's name
     */
    public static Optional<String> reading(NetworkStructure structure, ChannelGraph graph, Set<Integer> classes) {
        return structure.nodes().stream()
                .filter(node -> poolsByNorm(node) && !fedByMoreThanZero(structure, node))
                .filter(node -> IntStream.of(graph.inputIds(node.name()).orElse(new int[0]))
                        .anyMatch(id -> id != ParameterAxis.FIXED && classes.contains(graph.classOf(id))))
                .map(NetworkNode::name)
                .findFirst();
    }

    private static boolean poolsByNorm(NetworkNode node) {
        if (!(node.content() instanceof NodeContent.LayerContent content)) {
            return false;
        }
        Layer layer = content.layer();
        return (layer instanceof SubsamplingLayer local && local.getPoolingType() == PoolingType.PNORM)
                || (layer instanceof GlobalPoolingLayer global && global.getPoolingType() == PoolingType.PNORM);
    }

    /** Whether an activation function right in front turns 0 into something else, as the sigmoid does. */
    private static boolean fedByMoreThanZero(NetworkStructure structure, NetworkNode node) {
        return node.inputs().stream()
                .map(structure::node)
                .allMatch(input -> input.content() instanceof NodeContent.LayerContent content
                        && content.layer() instanceof BaseLayer layer
                        && !ActivationFunctions.keepsZero(layer.getActivationFn()));
    }
}
