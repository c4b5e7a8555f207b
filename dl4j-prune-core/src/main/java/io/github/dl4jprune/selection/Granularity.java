package io.github.dl4jprune.selection;

/** What is pruned as one piece. */
public enum Granularity {
    /** Single weights: never biases, nor anything of a batch normalisation. */
    WEIGHT,
    /** Whole channels, with all that produces and reads them. */
    FILTER
}
