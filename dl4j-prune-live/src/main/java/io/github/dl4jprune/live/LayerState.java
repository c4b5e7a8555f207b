package io.github.dl4jprune.live;

/**
 * How one layer, group or parameter stands.
 *
 * @param name as in {@link io.github.dl4jprune.listeners.PruningListener#sparsities}
 * @param size channels or weights in all
 * @param asked sparsity in [0, 1)
 * @param reached sparsity in [0, 1)
 * @param returned channels that were seen to be pruned at one step and no longer at the next, over all steps
 */
record LayerState(String name, int size, double asked, double reached, long returned) {}
