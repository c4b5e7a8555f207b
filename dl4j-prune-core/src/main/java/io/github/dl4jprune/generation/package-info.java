/**
 * Weights that are generated for any widths of a network: MetaPruning's PruningNet, to rank widths without training each.
 */
@NullMarked
package io.github.dl4jprune.generation;

import org.jspecify.annotations.NullMarked;
