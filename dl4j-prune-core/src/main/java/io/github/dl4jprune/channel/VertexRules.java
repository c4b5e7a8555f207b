package io.github.dl4jprune.channel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;

/** The table of vertex types that are no layers; a vertex without a rule pins what it reads. */
final class VertexRules {
    /** How one type of vertex treats channels. */
    @FunctionalInterface
    interface VertexRule<V extends GraphVertex> {
        Activation trace(V vertex, VertexTrace trace);
    }

    private static final Map<Class<?>, VertexRule<?>> TABLE = new LinkedHashMap<>();

    static {
        register(ElementWiseVertex.class, (vertex, trace) -> ElementWiseRule.trace(trace));
        register(MergeVertex.class, VertexRules::merge);
        register(SubsetVertex.class, VertexRules::subset);
        register(StackVertex.class, (vertex, trace) -> united(trace));
        register(UnstackVertex.class, (vertex, trace) -> trace.first());
        register(ScaleVertex.class, (vertex, trace) -> trace.first());
        register(ShiftVertex.class, (vertex, trace) -> trace.first().withSilence(false));
        register(L2NormalizeVertex.class, VertexRules::l2Normalize);
        register(PoolHelperVertex.class, (vertex, trace) -> trace.first());
        register(PreprocessorVertex.class, VertexRules::preprocessor);
        register(ReshapeVertex.class, VertexRules::reshape);
        register(LastTimeStepVertex.class, (vertex, trace) -> trace.first().withLayout(2, 1));
        register(
                DuplicateToTimeSeriesVertex.class,
                (vertex, trace) -> trace.first().withLayout(3, 1));
        register(ReverseTimeSeriesVertex.class, (vertex, trace) -> trace.first());
    }

    private VertexRules() {}

    private static <V extends GraphVertex> void register(Class<V> type, VertexRule<? super V> rule) {
        TABLE.put(type, rule);
    }

    /** The vertex types that have a rule. */
    static Set<Class<?>> types() {
        return Set.copyOf(TABLE.keySet());
    }

    @SuppressWarnings("unchecked")
    static Activation trace(GraphVertex vertex, VertexTrace trace) {
        VertexRule<GraphVertex> rule = (VertexRule<GraphVertex>) TABLE.get(vertex.getClass());
        if (rule == null) {
            trace.pinInputs(PinReason.UNKNOWN_VERTEX, vertex.getClass().getSimpleName());
            return Activation.opaque(Activation.ANY_RANK, 1);
        }
        return rule.trace(vertex, trace);
    }

    private static Activation merge(MergeVertex vertex, VertexTrace trace) {
        Activation layout = trace.layout();
        int axis = vertex.getMergeAxis();
        if (layout.rank() != Activation.ANY_RANK && axis != layout.axis()) {
            return united(trace);
        }
        if (trace.anyOpaque()) {
            return mergeWithUnknown(trace, layout);
        }
        int[] merged = trace.inputs().stream()
                .flatMapToInt(input -> Arrays.stream(input.ids()))
                .toArray();
        return new Activation(merged, layout.rank(), axis, trace.allSilent());
    }

    private static Activation mergeWithUnknown(VertexTrace trace, Activation layout) {
        trace.pinInputs(PinReason.UNKNOWN_WIDTH, "merged with an activation of unknown width");
        Activation.Missing missing = trace.soleMissing();
        if (missing == null) {
            return Activation.opaque(layout.rank(), layout.axis());
        }
        int known = trace.inputs().stream()
                .filter(input -> !input.isOpaque())
                .mapToInt(input -> input.ids().length)
                .sum();
        Activation.Missing more = new Activation.Missing(missing.input(), missing.others() + known);
        return Activation.missing(layout.rank(), layout.axis(), more);
    }

    /** Cuts a range out of axis 1, which is the channel axis in all channels-first layouts. */
    private static Activation subset(SubsetVertex vertex, VertexTrace trace) {
        Activation input = trace.first();
        if (input.isOpaque()) {
            return Activation.opaque(input.rank(), input.axis());
        }
        if (input.axis() != 1) {
            return input;
        }
        return input.withIds(Arrays.copyOfRange(input.ids(), vertex.getFrom(), vertex.getTo() + 1));
    }

    /** Inputs laid one after the other along another axis: each channel of one is that channel of all. */
    static Activation united(VertexTrace trace) {
        if (trace.anyOpaque()) {
            trace.pinInputs(PinReason.UNKNOWN_WIDTH, "stacked with an activation of unknown width");
            return trace.first().isOpaque()
                    ? trace.first()
                    : Activation.opaque(trace.layout().rank(), 1);
        }
        Pin ifFixed = trace.pinned(PinReason.NETWORK_INPUT, "tied to an input of the network");
        for (Activation other : trace.inputs().subList(1, trace.inputs().size())) {
            trace.trace().unite(trace.first().ids(), other.ids(), ifFixed);
        }
        return trace.first().withSilence(trace.allSilent());
    }

    /** The norm runs over all channels; a removed one must have added nothing to it. */
    private static Activation l2Normalize(L2NormalizeVertex vertex, VertexTrace trace) {
        if (!trace.first().silent()) {
            trace.pinInputs(PinReason.NORM_OVER_CHANNELS, "a removed channel would not be zero here");
        }
        return trace.first();
    }

    private static Activation preprocessor(PreprocessorVertex vertex, VertexTrace trace) {
        return PreprocessorRules.trace(vertex.getPreProcessor(), trace.first(), trace, 0);
    }

    private static Activation reshape(ReshapeVertex vertex, VertexTrace trace) {
        trace.pinInputs(PinReason.RESHAPE, "reshape to " + Arrays.toString(vertex.getNewShape()));
        return Activation.opaque(vertex.getNewShape().length, 1);
    }
}
