/**
 * The command line.
 */
@NullMarked
package io.github.dl4jprune.cli;

import org.jspecify.annotations.NullMarked;
