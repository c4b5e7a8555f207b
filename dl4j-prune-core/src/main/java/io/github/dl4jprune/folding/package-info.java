/**
 * What a removed channel added to the network as a constant, followed through the network and folded into the biases
 * and running means behind it, with a report of where that is exact.
 */
@NullMarked
package io.github.dl4jprune.folding;

import org.jspecify.annotations.NullMarked;
