package io.github.dl4jprune.sparse;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.BaseLayer;

/** What a layer that takes another one's place owes to it. */
final class Replacement {
    private Replacement() {}

    static void inherit(Layer replaced, BaseLayer<?> layer) {
        layer.setParamsViewArray(replaced.params());
        layer.setParamTable(replaced.paramTable());
        layer.setIndex(replaced.getIndex());
    }

    static void requireInference(Layer layer, boolean training) {
        if (training) {
            throw training(layer);
        }
    }

    static IllegalStateException training(Layer layer) {
        return new IllegalStateException("layer \"" + layer.conf().getLayer().getLayerName()
                + "\" is sparse and only infers; train the network it was made from");
    }
}
