package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weights of one layer with one row a unit: a convolution's filters, a dense layer's columns, all gates of an LSTM
 * unit (input weights, then recurrent ones). Biases are left out.
 */
final class FilterMatrix {
    private final int units;
    private final List<ParameterAxis> axes;

    /** Finds the layer's weights; there are none if no parameter of rank 2 or more is indexed by its units. */
    FilterMatrix(ChannelGraph graph, NetworkView<? extends Model> network, String layer) {
        this.units = graph.unitIds(layer).orElse(new int[0]).length;
        Map<String, ParameterAxis> byKey = new LinkedHashMap<>();
        Map<String, INDArray> parameters = network.parameters(layer);
        for (ParameterAxis axis : graph.axes(layer)) {
            if (axis.side() == ParameterAxis.Side.OUTPUT) {
                INDArray parameter = parameters.get(axis.key());
                if (parameter != null && parameter.rank() > 1) {
                    // recurrent weights have their units on both axes; the columns are what makes a unit
                    byKey.merge(axis.key(), axis, (a, b) -> a.axis() > b.axis() ? a : b);
                }
            }
        }
        this.axes = List.copyOf(byKey.values());
    }

    boolean isEmpty() {
        return axes.isEmpty();
    }

    /**
     * The matrix, a copy.
     *
     * @param parameters the layer's parameters, or gradients of the same shapes, by key
     * @return shape [units, weights a unit]
     */
    INDArray of(Map<String, INDArray> parameters) {
        List<INDArray> parts = new ArrayList<>();
        for (ParameterAxis axis : axes) {
            INDArray parameter = parameters.get(axis.key());
            if (parameter != null) {
                parts.add(rows(parameter, axis.in(parameter)));
            }
        }
        return parts.size() == 1 ? parts.get(0) : Nd4j.concat(1, parts.toArray(INDArray[]::new));
    }

    private INDArray rows(INDArray parameter, int axis) {
        int[] order = IntStream.concat(
                        IntStream.of(axis), IntStream.range(0, parameter.rank()).filter(a -> a != axis))
                .toArray();
        long rest = parameter.length() / parameter.size(axis);
        INDArray front = parameter.permute(order).dup('c').reshape('c', parameter.size(axis), rest);
        int repeats = Math.toIntExact(parameter.size(axis) / units);
        if (repeats == 1) {
            return front;
        }
        INDArray[] gates = IntStream.range(0, repeats)
                .mapToObj(g -> front.get(
                        org.nd4j.linalg.indexing.NDArrayIndex.interval((long) g * units, (long) (g + 1) * units),
                        org.nd4j.linalg.indexing.NDArrayIndex.all()))
                .toArray(INDArray[]::new);
        return Nd4j.concat(1, gates);
    }
}
