/** {@code compress} and {@code decompress}. */
@NullMarked
package io.github.dl4jprune.cli.compression;

import org.jspecify.annotations.NullMarked;
