package io.github.dl4jprune.recipe;

import java.util.Locale;

/** How a run prunes. */
public enum PruningMethod {
    /** Once, before training; the mask stays. */
    STATIC,
    /** More and more along a schedule; what is pruned stays pruned. */
    DYNAMIC,
    /** Filters are zeroed again and again and may come back, until the last time. */
    SOFT,
    /** Filters nearest to the geometric median, once, before training; the mask stays. */
    GEOMETRIC_MEDIAN,
    /** An L1 penalty on batch-norm scales; the smallest are pruned at the end. */
    SLIMMING,
    /** Proximal steps that bring batch-norm scales to exactly zero. */
    ISTA,
    /** Channels are cut out between epochs, so that the network is smaller at once. */
    PRUNE_AND_SHRINK;

    /** The name in configuration files: lower case, words joined by hyphens. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
