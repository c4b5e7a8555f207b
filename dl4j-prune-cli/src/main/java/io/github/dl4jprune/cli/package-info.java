/**
 * The command line: the program, its list of commands and what it makes of failures. A command holds options only; the work
 * is done by a class beside it.
 */
@NullMarked
package io.github.dl4jprune.cli;

import org.jspecify.annotations.NullMarked;
