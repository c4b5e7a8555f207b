/** What connects with the world outside: {@code import}, {@code export}, {@code verify}, {@code bench} and {@code report}. */
@NullMarked
package io.github.dl4jprune.cli.exchange;

import org.jspecify.annotations.NullMarked;
