/**
 * Fewer filters that are new: sketches of the old ones, and the places in a network where they may stand. The entry is
 * {@link io.github.dl4jprune.FilterSketch}.
 */
@NullMarked
package io.github.dl4jprune.sketch;

import org.jspecify.annotations.NullMarked;
