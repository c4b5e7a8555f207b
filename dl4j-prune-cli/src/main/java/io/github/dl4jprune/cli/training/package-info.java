/** {@code finetune}, {@code train} and {@code evaluate}. */
@NullMarked
package io.github.dl4jprune.cli.training;

import org.jspecify.annotations.NullMarked;
