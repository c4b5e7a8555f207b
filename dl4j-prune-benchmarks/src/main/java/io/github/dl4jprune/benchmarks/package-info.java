/**
 * JMH benchmarks.
 */
@NullMarked
package io.github.dl4jprune.benchmarks;

import org.jspecify.annotations.NullMarked;
