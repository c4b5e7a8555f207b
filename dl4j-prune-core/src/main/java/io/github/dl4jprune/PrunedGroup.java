package io.github.dl4jprune;

import java.util.List;
import java.util.Map;

/**
 * What happened to one group of channels that compete with each other.
 *
 * @param name name of the group: its first layer
 * @param layers the layers that produce its channels
 * @param width number of its channels before
 * @param requested number of channels it was asked to keep
 * @param kept number of channels it keeps
 * @param keptChannels for every layer whose own parameters the group's channels index on its output side: all output
 *     channels the layer keeps, as original indices; LSTMs list units
 * @param note why kept is not what was requested; empty if it is
 */
public record PrunedGroup(
        String name,
        List<String> layers,
        int width,
        int requested,
        int kept,
        Map<String, List<Integer>> keptChannels,
        String note) {
    /** Copies the collections. */
    public PrunedGroup {
        layers = List.copyOf(layers);
        keptChannels = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(keptChannels));
    }
}
