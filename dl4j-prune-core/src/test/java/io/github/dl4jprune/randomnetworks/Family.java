package io.github.dl4jprune.randomnetworks;

/** What kind of data a random network mostly works on. */
public enum Family {
    CNN_2D,
    CNN_1D,
    CNN_3D,
    RECURRENT,
    FEED_FORWARD
}
