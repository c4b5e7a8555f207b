package io.github.dl4jprune.randomnetworks;

/** How networks of one family are drawn. */
interface Grammar {
    /** The inputs and what must come first. */
    Flow start();

    /** Any one layer that fits. */
    Flow step(Flow in);

    /** A layer with weights, that many channels and the same spatial shape. */
    Flow mix(Flow in, int channels);

    /** From an inner activation to an output. */
    void finish(Flow in);
}
