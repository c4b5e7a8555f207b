package io.github.dl4jprune.listeners;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Moves weight between batch-norm scales and the layers that read them: scale and shift times {@code alpha}, the readers'
 * weights divided by it, so that a trained network enters ISTA training with scales of a size that the threshold can reach.
 * The function stays the same where only activations with {@code f(a x) = a f(x)}, such as ReLU, lie in between. Channels
 * that more than one layer or batch normalisation makes, and those that are pinned, are left alone. The inverse is the same
 * with {@code 1 / alpha}.
 *
 * @see <a href="https://arxiv.org/abs/1802.00124">Ye et al. (2018), Rethinking the Smaller-Norm-Less-Informative Assumption,
 *     section 4.3</a>
 */
public final class ScaleTransfer {
    private ScaleTransfer() {}

    /**
     * Rescales in place; updater state stays.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @param alpha positive; 0.001 to 1 in the paper
     * @return the batch normalisations that were rescaled
     * @throws IllegalArgumentException if alpha is not positive and finite
     */
    public static List<String> apply(Model network, double alpha) {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("alpha must be positive and finite, got " + alpha);
        }
        NetworkView<Model> view = NetworkView.of(network);
        ChannelGraph graph = ChannelGraph.of(view);
        Map<Integer, Set<String>> makers = makers(graph);
        List<String> done = new ArrayList<>();
        for (ParameterAxis scale : graph.axes()) {
            INDArray gamma = view.parameters(scale.node()).get(scale.key());
            if (scale.key().equals("gamma") && gamma != null && alone(graph, scale, makers)) {
                gamma.muli(alpha);
                INDArray beta = view.parameters(scale.node()).get("beta");
                if (beta != null) {
                    beta.muli(alpha);
                }
                divideReaders(view, graph, scale, alpha);
                done.add(scale.node());
            }
        }
        return done;
    }

    /** For every class the layers that make it or scale it. */
    private static Map<Integer, Set<String>> makers(ChannelGraph graph) {
        Map<Integer, Set<String>> makers = new HashMap<>();
        for (ParameterAxis axis : graph.axes()) {
            if (axis.side() == ParameterAxis.Side.OUTPUT) {
                for (int id : axis.ids()) {
                    if (id != ParameterAxis.FIXED) {
                        makers.computeIfAbsent(graph.classOf(id), c -> new HashSet<>())
                                .add(axis.node());
                    }
                }
            }
        }
        return makers;
    }

    private static boolean alone(ChannelGraph graph, ParameterAxis scale, Map<Integer, Set<String>> makers) {
        return Arrays.stream(scale.ids())
                .allMatch(id -> id != ParameterAxis.FIXED
                        && graph.pin(graph.classOf(id)).isEmpty()
                        && makers.getOrDefault(graph.classOf(id), Set.of()).size() <= 2);
    }

    private static void divideReaders(NetworkView<Model> view, ChannelGraph graph, ParameterAxis scale, double alpha) {
        Set<Integer> classes = new HashSet<>();
        Arrays.stream(scale.ids()).forEach(id -> classes.add(graph.classOf(id)));
        for (ParameterAxis axis : graph.axes()) {
            INDArray weights = view.parameters(axis.node()).get(axis.key());
            if (weights == null || axis.side() == ParameterAxis.Side.OUTPUT) {
                continue;
            }
            int[] ids = axis.ids();
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] != ParameterAxis.FIXED && classes.contains(graph.classOf(ids[i]))) {
                    weights.slice(i, axis.in(weights)).divi(alpha);
                }
            }
        }
    }
}
