/**
 * What a network costs: parameters, multiply-adds, bytes, measured time.
 */
@NullMarked
package io.github.dl4jprune.cost;

import org.jspecify.annotations.NullMarked;
