/**
 * Sweeps over settings of pruning, run by Arbiter: what to vary, what came of each candidate, and which are worth having.
 */
@NullMarked
package io.github.dl4jprune.sweep;

import org.jspecify.annotations.NullMarked;
