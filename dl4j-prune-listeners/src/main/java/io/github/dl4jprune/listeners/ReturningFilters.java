package io.github.dl4jprune.listeners;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Keeps filters that grow from zero no faster than their neighbours: {@code g_i <- g_i * min(1, m / |g_i|)} for the
 * gradient {@code g_i} of every zeroed filter, with {@code m} the largest norm among the filters of the layer that were
 * not zeroed; weights and biases each for themselves.
 *
 * <p>Batch normalisation divides by a filter's own deviation, which is 0 for a zeroed one, so that gradients come back
 * multiplied by {@code 1 / sqrt(eps)}, 316 by default. Unlimited, such a filter is within some iterations the largest of
 * its layer, without having learnt anything.
 */
final class ReturningFilters {
    private final ChannelMask zeroed;
    private final List<Span> spans = new ArrayList<>();

    /** Where a parameter with zeroed filters lies in the flat vector; {@code axis} counts its filters. */
    private record Span(long start, char order, long[] shape, int axis, boolean[] zeroed) {
        INDArray of(INDArray flat) {
            long end = start + Arrays.stream(shape).reduce(1, Math::multiplyExact);
            return flat.get(NDArrayIndex.interval(start, end)).reshape(order, shape);
        }
    }

    ReturningFilters(ChannelMask zeroed, NetworkView<? extends Model> network) {
        this.zeroed = zeroed;
        Set<String> producers = Set.copyOf(zeroed.graph().producers());
        for (ParameterAxis axis : zeroed.graph().axes()) {
            INDArray parameter = network.parameters(axis.node()).get(axis.key());
            if (parameter != null && axis.side() == ParameterAxis.Side.OUTPUT && producers.contains(axis.node())) {
                add(
                        axis,
                        parameter,
                        parameter.offset() - network.flatParameters().offset());
            }
        }
    }

    private void add(ParameterAxis axis, INDArray parameter, long start) {
        boolean[] pruned = new boolean[axis.ids().length];
        for (int position = 0; position < pruned.length; position++) {
            pruned[position] = zeroed.prunes(axis.ids()[position]);
        }
        if (IntStream.range(0, pruned.length).anyMatch(position -> pruned[position])) {
            int filters = axis.in(parameter);
            spans.add(new Span(start, parameter.ordering(), parameter.shape().clone(), filters, pruned));
        }
    }

    /** Whether this was made for that mask. */
    boolean isOf(ChannelMask mask) {
        return zeroed == mask;
    }

    /**
     * Limits gradients in place.
     *
     * @param gradients in the order of the flat parameter vector
     */
    @SuppressWarnings("try") // the workspace scope is there to be closed
    void limit(INDArray gradients) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray flat = gradients.reshape(gradients.length());
            spans.forEach(span -> limit(flat, span));
        }
    }

    private static void limit(INDArray flat, Span span) {
        INDArray gradient = span.of(flat);
        int[] others = IntStream.range(0, span.shape.length)
                .filter(dimension -> dimension != span.axis)
                .toArray();
        INDArray norms = others.length == 0 ? Nd4j.math().abs(gradient) : gradient.norm2(others);
        double[] factors = factors(norms.toDoubleVector(), span.zeroed);
        long[] shape = new long[span.shape.length];
        Arrays.fill(shape, 1);
        shape[span.axis] = factors.length;
        gradient.muli(Nd4j.createFromArray(factors).castTo(gradient.dataType()).reshape(shape));
    }

    private static double[] factors(double[] norms, boolean[] zeroed) {
        double most = IntStream.range(0, norms.length)
                .filter(i -> !zeroed[i])
                .mapToDouble(i -> norms[i])
                .max()
                .orElse(0);
        return IntStream.range(0, norms.length)
                .mapToDouble(i -> zeroed[i] && norms[i] > most ? most / norms[i] : 1)
                .toArray();
    }
}
