package io.github.dl4jprune.onnx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.Layer;

/** The table of layer types, by exact class: a subclass may do anything. */
final class Layers {
    private static final Map<Class<?>, LayerExport<?>> TABLE = new LinkedHashMap<>();

    static {
        Convolutions.register();
        GroupedConvolutions.register();
        Poolings.register();
        Reshapings.register();
        Denses.register();
        Recurrents.register();
        Normalizations.register();
        Outputs.register();
        Wrappers.register();
        TABLE.put(
                org.deeplearning4j.nn.conf.layers.LocallyConnected2D.class,
                (LayerExport<org.deeplearning4j.nn.conf.layers.LocallyConnected2D>) LocallyConnected::write);
        TABLE.put(
                org.deeplearning4j.nn.conf.layers.SelfAttentionLayer.class,
                (LayerExport<org.deeplearning4j.nn.conf.layers.SelfAttentionLayer>) Attention::write);
    }

    private Layers() {}

    static <L extends Layer> void register(Class<L> type, LayerExport<? super L> rule) {
        TABLE.put(type, rule);
    }

    /** The layer types that have a rule. */
    static Set<Class<?>> types() {
        return Set.copyOf(TABLE.keySet());
    }

    @SuppressWarnings("unchecked")
    static Value write(Layer layer, Value input, LayerSite site) {
        LayerExport<Layer> rule = (LayerExport<Layer>) TABLE.get(layer.getClass());
        if (rule == null) {
            throw new NotExportable(
                    "no rule for layers of type " + layer.getClass().getSimpleName());
        }
        return rule.write(layer, input, site);
    }
}
