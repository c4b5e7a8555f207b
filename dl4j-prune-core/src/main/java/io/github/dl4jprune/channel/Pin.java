package io.github.dl4jprune.channel;

/**
 * Why channels of a node cannot be removed.
 *
 * @param node name of the layer or vertex that pinned them
 * @param reason the kind of obstacle
 * @param detail what exactly, in words; may be empty
 */
public record Pin(String node, PinReason reason, String detail) {}
