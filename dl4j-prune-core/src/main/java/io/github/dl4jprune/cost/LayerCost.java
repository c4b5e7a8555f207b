package io.github.dl4jprune.cost;

/**
 * What one layer costs under a channel mask.
 *
 * @param layer its name
 * @param channels its output channels, those that its own parameters are indexed by; 0: none
 * @param parameters its trainable values, without batch norm statistics; 0 where it is frozen
 * @param macs its multiply-adds for one example; 0 where none are counted
 */
public record LayerCost(String layer, long channels, long parameters, long macs) {}
