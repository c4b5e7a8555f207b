package io.github.dl4jprune.surgery;

import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Reads widths out of layer configurations. */
final class LayerWidths {
    private LayerWidths() {}

    /** Number of channels the layer reads; 0 where its configuration does not say. */
    static long in(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return in(frozen.getLayer());
        }
        if (layer instanceof BaseWrapperLayer wrapper) {
            return in(wrapper.getUnderlying());
        }
        if (layer instanceof Bidirectional bidirectional) {
            return in(bidirectional.getFwd());
        }
        if (layer instanceof LocallyConnected2D local) {
            return local.getNIn();
        }
        if (layer instanceof SelfAttentionLayer attention) {
            return attention.getNIn();
        }
        return layer instanceof FeedForwardLayer feedForward ? feedForward.getNIn() : 0;
    }
}
