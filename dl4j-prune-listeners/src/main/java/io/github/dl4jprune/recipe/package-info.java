/**
 * A whole training run with pruning as one immutable value, and what carries it out: the same from a configuration file,
 * from a sweep and from code.
 */
@NullMarked
package io.github.dl4jprune.recipe;

import org.jspecify.annotations.NullMarked;
