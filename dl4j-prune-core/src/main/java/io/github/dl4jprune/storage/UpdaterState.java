package io.github.dl4jprune.storage;

/** Whether a model file carries what the optimiser remembers (momentum, moving averages), needed to train on exactly. */
public enum UpdaterState {
    /** Written when the network has any. */
    SAVED,
    /** Left out: the file holds the network only, which is what sizes are compared by. */
    LEFT_OUT
}
