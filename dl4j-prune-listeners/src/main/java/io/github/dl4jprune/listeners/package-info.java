/**
 * Training listeners that prune while a network trains.
 */
@NullMarked
package io.github.dl4jprune.listeners;

import org.jspecify.annotations.NullMarked;
