/**
 * Immutable sets of pruned channels over a channel graph: combined, inspected, applied to a network by zeroing.
 */
@NullMarked
package io.github.dl4jprune.mask;

import org.jspecify.annotations.NullMarked;
