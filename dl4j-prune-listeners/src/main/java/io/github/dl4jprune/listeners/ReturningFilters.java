package io.github.dl4jprune.listeners;

import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** Where a parameter with zeroed filters lies in the flat vector. */
    private record Span(ParameterAxis axis, long start, char order, long[] shape, boolean[] zeroed) {
        INDArray of(INDArray flat) {
            long end = start + Arrays.stream(shape).reduce(1, Math::multiplyExact);
            return flat.get(NDArrayIndex.interval(start, end)).reshape(order, shape);
        }
    }

    ReturningFilters(ChannelMask zeroed, NetworkView<? extends Model> network) {
        this.zeroed = zeroed;
        for (ParameterAxis axis : zeroed.graph().producerAxes()) {
            INDArray parameter = network.parameters(axis.node()).get(axis.key());
            if (parameter != null && Arrays.stream(axis.ids()).anyMatch(zeroed::prunes)) {
                spans.add(span(
                        axis,
                        parameter,
                        parameter.offset() - network.flatParameters().offset()));
            }
        }
    }

    private Span span(ParameterAxis axis, INDArray parameter, long start) {
        boolean[] pruned = new boolean[axis.ids().length];
        for (int position = 0; position < pruned.length; position++) {
            pruned[position] = zeroed.prunes(axis.ids()[position]);
        }
        return new Span(axis, start, parameter.ordering(), parameter.shape().clone(), pruned);
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
        int filters = span.axis.in(gradient);
        int[] others = IntStream.range(0, gradient.rank())
                .filter(dimension -> dimension != filters)
                .toArray();
        INDArray norms = others.length == 0 ? Nd4j.math().abs(gradient) : gradient.norm2(others);
        span.axis.scale(gradient, factors(norms.toDoubleVector(), span.zeroed));
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
