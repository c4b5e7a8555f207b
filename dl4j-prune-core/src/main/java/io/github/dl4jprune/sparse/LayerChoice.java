package io.github.dl4jprune.sparse;

/**
 * What was measured of one layer, and what was chosen.
 *
 * @param layer its name
 * @param density share of its weights that are not 0
 * @param denseMillis median time of DL4J's layer
 * @param sparseMillis median time of the sparse one
 * @param breakEven density at which both would take as long, if the sparse time grows in proportion to the density: the
 *     bound below which pruning a layer further pays (Park et al. 2017, "guided sparsity"); at most 1
 * @param sparse whether the layer was replaced
 */
public record LayerChoice(
        String layer, double density, double denseMillis, double sparseMillis, double breakEven, boolean sparse) {}
