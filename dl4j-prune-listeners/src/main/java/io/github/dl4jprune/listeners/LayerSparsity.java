package io.github.dl4jprune.listeners;

/**
 * How sparse one layer or parameter should be and is: fractions of zeros.
 *
 * @param asked in [0, 1); what the schedule makes of the layer's bound now
 * @param reached in [0, 1); whole weights or channels, at least one channel kept
 */
public record LayerSparsity(double asked, double reached) {}
