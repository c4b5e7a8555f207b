/**
 * How much a network's quality suffers when one part of it is pruned, and what to prune how far because of it.
 */
@NullMarked
package io.github.dl4jprune.search;

import org.jspecify.annotations.NullMarked;
