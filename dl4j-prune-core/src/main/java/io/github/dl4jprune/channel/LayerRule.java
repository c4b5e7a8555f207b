package io.github.dl4jprune.channel;

import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * How one type of layer treats channels: which it produces, hands on, or pins, and which axes of its parameters they
 * index.
 */
@FunctionalInterface
interface LayerRule<L extends Layer> {
    /** Records the layer's parameters and returns what it puts out. */
    Activation trace(L layer, LayerTrace trace);
}
