/**
 * From scores and a sparsity or budget to a channel mask: within each group or over all of them, rounded, bounded, and
 * always with a word on what was asked and what was done.
 */
@NullMarked
package io.github.dl4jprune.selection;

import org.jspecify.annotations.NullMarked;
