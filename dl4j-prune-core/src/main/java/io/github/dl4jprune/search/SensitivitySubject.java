package io.github.dl4jprune.search;

/**
 * A part of a network that is pruned alone.
 *
 * @param group name of the channel group; where weights are pruned, of the layer
 * @param layer the layer that gives the group its name, or whose weights are pruned
 */
public record SensitivitySubject(String group, String layer) {}
