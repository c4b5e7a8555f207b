/**
 * From a channel mask to a smaller network with the same function and the same updater state, and the proof that it is
 * one.
 */
@NullMarked
package io.github.dl4jprune.surgery;

import org.jspecify.annotations.NullMarked;
