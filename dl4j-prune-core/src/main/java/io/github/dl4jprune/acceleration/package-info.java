/**
 * Speed on a CPU: the layer helpers of DL4J that run on oneDNN, switched on and proved equal to the built-in path.
 * Depends on DL4J and ND4J only; knows nothing of pruning.
 */
@NullMarked
package io.github.dl4jprune.acceleration;

import org.jspecify.annotations.NullMarked;
