/**
 * Experiments of hours that fill a table of {@code docs/benchmarks.md}: many settings, several seeds, one recipe. Every
 * measured row is on disk at once, so a killed run goes on where it was.
 */
@NullMarked
package io.github.dl4jprune.examples.tables;

import org.jspecify.annotations.NullMarked;
