/**
 * Inference that skips zero weights: networks whose dense and convolution layers are replaced, in place, by sparse ones where
 * those were measured to be faster. Depends on {@code compression} and what lies below it.
 *
 * @see <a href="https://arxiv.org/abs/1608.01409">Park et al., "Faster CNNs with Direct Sparse Convolutions and Guided
 *     Pruning", ICLR 2017</a>
 */
@NullMarked
package io.github.dl4jprune.sparse;

import org.jspecify.annotations.NullMarked;
