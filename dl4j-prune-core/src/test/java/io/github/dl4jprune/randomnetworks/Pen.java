package io.github.dl4jprune.randomnetworks;

import org.nd4j.linalg.activations.Activation;

/**
 * What every grammar draws with.
 *
 * @param sketch to draw on
 * @param choices to draw from
 * @param options to respect
 * @param graph whether vertices are allowed
 */
record Pen(Sketch sketch, Choices choices, NetworkOptions options, boolean graph) {
    Activation activation() {
        return choices.oneOf(options.activations().functions());
    }

    /** Whether pooling this by p-norm trains: not where a window may hold nothing but zeros. */
    boolean normPoolable(Flow in) {
        return options.normPooling() && sketch.neverZero(in);
    }

    int width() {
        return choices.between(2, 8);
    }
}
