package io.github.dl4jprune.selection;

/** Over which channels a ranking runs. */
public enum Scope {
    /** Each group loses the same fraction; channels compete within their group. */
    LOCAL,
    /**
     * All channels compete; scores are divided by their group's mean first, so that neither wide layers nor layers with
     * large weights are favoured, and every group keeps at least one channel.
     */
    GLOBAL
}
