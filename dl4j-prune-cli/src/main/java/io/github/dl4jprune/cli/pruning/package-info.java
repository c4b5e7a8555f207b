/** {@code prune}, {@code shrink}, {@code strip} and {@code inspect}. */
@NullMarked
package io.github.dl4jprune.cli.pruning;

import org.jspecify.annotations.NullMarked;
