/** What a terminal and a file of results show: tables, progress, JSON, sizes. Knows no command. */
@NullMarked
package io.github.dl4jprune.cli.console;

import org.jspecify.annotations.NullMarked;
