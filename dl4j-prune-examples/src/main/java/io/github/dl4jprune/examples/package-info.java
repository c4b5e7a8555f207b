/**
 * Short programs to copy.
 */
@NullMarked
package io.github.dl4jprune.examples;

import org.jspecify.annotations.NullMarked;
