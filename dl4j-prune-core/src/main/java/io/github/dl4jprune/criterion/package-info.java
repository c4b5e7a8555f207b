/**
 * Importance criteria: arrays to scores, one small type a paper. No class here knows what a network is; depends on
 * ND4J only.
 */
@NullMarked
package io.github.dl4jprune.criterion;

import org.jspecify.annotations.NullMarked;
