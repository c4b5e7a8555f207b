/** {@code sensitivity} and {@code sweep}. */
@NullMarked
package io.github.dl4jprune.cli.search;

import org.jspecify.annotations.NullMarked;
