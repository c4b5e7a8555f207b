/**
 * Weights of layers that lost input channels, fitted anew by least squares, so that the smaller network puts out what the
 * original did as nearly as its remaining channels allow.
 */
@NullMarked
package io.github.dl4jprune.reconstruction;

import org.jspecify.annotations.NullMarked;
