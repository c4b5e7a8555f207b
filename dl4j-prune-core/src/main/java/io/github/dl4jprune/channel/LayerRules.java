package io.github.dl4jprune.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * The table of layer types. Look-up is by exact class: a subclass may do anything, so it has no rule unless it is
 * listed itself, and a layer without a rule pins what it reads and what it puts out.
 */
final class LayerRules {
    private static final Map<Class<?>, LayerRule<?>> TABLE = new LinkedHashMap<>();

    static {
        ConvolutionRules.register();
        FeedForwardRules.register();
        RecurrentRules.register();
        NormalizationRules.register();
        PassThroughRules.register();
        OutputRules.register();
        WrapperRules.register();
        AttentionRules.register();
    }

    private LayerRules() {}

    static <L extends Layer> void register(Class<L> type, LayerRule<? super L> rule) {
        TABLE.put(type, rule);
    }

    /** The layer types that have a rule. */
    static Set<Class<?>> types() {
        return Set.copyOf(TABLE.keySet());
    }

    @SuppressWarnings("unchecked")
    static Activation trace(Layer layer, LayerTrace trace) {
        LayerRule<Layer> rule = (LayerRule<Layer>) TABLE.get(layer.getClass());
        return rule == null ? unknown(layer, trace) : rule.trace(layer, trace);
    }

    private static Activation unknown(Layer layer, LayerTrace trace) {
        trace.pinInput(PinReason.UNKNOWN_LAYER, layer.getClass().getSimpleName());
        Activation input = trace.input();
        if (layer instanceof FeedForwardLayer feedForward && feedForward.getNOut() > 0) {
            int[] ids = trace.produce(feedForward.getNOut());
            trace.pin(ids, PinReason.UNKNOWN_LAYER, layer.getClass().getSimpleName());
            return new Activation(ids, Activation.ANY_RANK, input.axis(), false);
        }
        return Activation.opaque(Activation.ANY_RANK, input.axis());
    }
}
