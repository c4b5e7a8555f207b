/**
 * The entry: {@link io.github.dl4jprune.Pruner} takes a trained network, {@link io.github.dl4jprune.PruningResult} is
 * what comes back.
 */
@NullMarked
package io.github.dl4jprune;

import org.jspecify.annotations.NullMarked;
