package io.github.dl4jprune.folding;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a layer's outputs hear of constants: its weights, summed over the kernel, times the constants. */
final class WeightSums {
    private static final String POINTWISE = "pW";
    private static final String WEIGHTS = "W";

    private WeightSums() {}

    /** Whether the parameter with that input axis is one whose sums reach the layer's outputs. */
    static boolean known(ParameterAxis input, ChannelGraph graph) {
        return (input.key().equals(WEIGHTS) && pointwise(input, graph).isPresent())
                || output(input, input.key(), graph).isPresent();
    }

    /**
     * One value an output, as a row.
     *
     * @param parameters of the layer
     * @param input the axis of the weights that the constants lie along
     * @param constants [1, in], zero where nothing is to be heard
     */
    static INDArray of(Map<String, INDArray> parameters, ParameterAxis input, ChannelGraph graph, INDArray constants) {
        INDArray weights = Objects.requireNonNull(parameters.get(input.key()), input.key());
        INDArray point = parameters.get(POINTWISE);
        if (point != null) {
            return separable(weights, point, constants);
        }
        int in = input.in(weights);
        int out = output(input, input.key(), graph).orElseThrow().in(weights);
        int[] kernel = IntStream.range(0, weights.rank())
                .filter(axis -> axis != in && axis != out)
                .toArray();
        INDArray matrix = kernel.length == 0 ? weights : weights.sum(kernel);
        return constants.mmul(in < out ? matrix : matrix.transpose());
    }

    /** W is [multiplier, in, kH, kW], pW [out, in * multiplier, 1, 1]. */
    private static INDArray separable(INDArray weights, INDArray point, INDArray constants) {
        INDArray heard = weights.sum(2, 3).mulRowVector(constants).transpose().dup('c');
        return heard.reshape('c', 1, heard.length())
                .mmul(point.reshape('c', point.size(0), point.size(1)).transpose());
    }

    private static Optional<ParameterAxis> pointwise(ParameterAxis input, ChannelGraph graph) {
        return output(input, POINTWISE, graph);
    }

    private static Optional<ParameterAxis> output(ParameterAxis input, String key, ChannelGraph graph) {
        return graph.axes(input.node()).stream()
                .filter(axis ->
                        axis.side() == ParameterAxis.Side.OUTPUT && axis.key().equals(key))
                .findFirst();
    }
}
