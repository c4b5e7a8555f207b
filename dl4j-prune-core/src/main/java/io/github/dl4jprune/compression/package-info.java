/**
 * Deep Compression: weights clustered to a few shared values, positions and values coded by Huffman, everything in one
 * checked file. Depends on {@code storage} and what lies below it.
 *
 * @see <a href="https://arxiv.org/abs/1510.00149">Han, Mao and Dally, "Deep Compression", ICLR 2016</a>
 */
@NullMarked
package io.github.dl4jprune.compression;

import org.jspecify.annotations.NullMarked;
