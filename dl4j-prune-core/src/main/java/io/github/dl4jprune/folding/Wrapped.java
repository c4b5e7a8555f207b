package io.github.dl4jprune.folding;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Looks into layers around other layers. */
final class Wrapped {
    private Wrapped() {}

    /** The layer that does the work; of a Bidirectional the forward one. */
    static Layer innermost(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return innermost(frozen.getLayer());
        }
        if (layer instanceof Bidirectional both) {
            return innermost(both.getFwd());
        }
        return layer instanceof BaseWrapperLayer wrapper ? innermost(wrapper.getUnderlying()) : layer;
    }

    /** Whether some layer on the way looks for time steps that are all zero. */
    static boolean masksZeros(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return masksZeros(frozen.getLayer());
        }
        if (layer instanceof Bidirectional both) {
            return masksZeros(both.getFwd());
        }
        return layer instanceof MaskZeroLayer
                || (layer instanceof BaseWrapperLayer wrapper && masksZeros(wrapper.getUnderlying()));
    }
}
