package io.github.dl4jprune;

import io.github.dl4jprune.channel.PinReason;

/**
 * A layer some of whose channels cannot be removed.
 *
 * @param layer its name
 * @param reason the kind of obstacle
 * @param detail what exactly, and where
 */
public record PinnedLayer(String layer, PinReason reason, String detail) {}
