package io.github.dl4jprune.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;

/** Tells frozen layers from others at run time. */
final class FrozenLayers {
    private FrozenLayers() {}

    static boolean frozen(Layer layer) {
        return layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop;
    }
}
