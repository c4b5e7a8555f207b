package io.github.dl4jprune.listeners;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.network.ActivationTypes;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one channel of every batch normalisation costs in memory, as the factor of {@link Penalty.ProximalScale}:
 * {@code (positions + sum k_w k_h c) / pixels}, the sum being over the weights of one channel in the layer that makes it and in
 * every layer that reads it, positions the size of its feature map and pixels that of the input image.
 *
 * @see <a href="https://arxiv.org/abs/1802.00124">Ye et al. (2018), Rethinking the Smaller-Norm-Less-Informative Assumption,
 *     section 4.2</a>
 */
public final class ScaleCosts {
    private ScaleCosts() {}

    /**
     * The factors of a network.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @param inputShapes shape of one example at each input, in the network's axis order; none: as the configuration says
     * @return one factor a batch normalisation with trained scale, by its name
     */
    public static Map<String, Double> of(Model network, long[]... inputShapes) {
        NetworkView<Model> view = NetworkView.of(network);
        ChannelGraph graph = ChannelGraph.of(view);
        InputTypes inputs = inputShapes.length == 0
                ? InputTypes.infer(view.structure())
                : InputTypes.of(view.structure(), List.of(inputShapes));
        ActivationTypes types = ActivationTypes.of(view.structure(), inputs.types());
        double pixels = ActivationTypes.size(inputs.types().get(0));
        Map<String, Double> costs = new LinkedHashMap<>();
        for (ParameterAxis axis : graph.axes()) {
            if (axis.key().equals("gamma")) {
                long positions =
                        types.written(axis.node()).map(ActivationTypes::size).orElse(1L);
                costs.put(axis.node(), (positions + weights(view, graph, axis)) / pixels);
            }
        }
        return costs;
    }

    private static double weights(NetworkView<Model> view, ChannelGraph graph, ParameterAxis scale) {
        Set<Integer> classes = new HashSet<>();
        Arrays.stream(scale.ids())
                .filter(id -> id != ParameterAxis.FIXED)
                .forEach(id -> classes.add(graph.classOf(id)));
        double weights = 0;
        for (ParameterAxis axis : graph.axes()) {
            INDArray parameter = view.parameters(axis.node()).get(axis.key());
            if (parameter != null
                    && parameter.rank() > 1
                    && Arrays.stream(axis.ids())
                            .anyMatch(id -> id != ParameterAxis.FIXED && classes.contains(graph.classOf(id)))) {
                weights += (double) parameter.length() / parameter.size(axis.in(parameter));
            }
        }
        return weights;
    }
}
