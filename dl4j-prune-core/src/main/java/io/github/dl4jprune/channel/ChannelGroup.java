package io.github.dl4jprune.channel;

import java.util.List;

/**
 * Channels that compete with each other: those produced by the same set of layers. Within a group channels are ranked
 * and the lowest removed.
 *
 * @param name name of the first producer
 * @param producers names of the layers whose weights make these channels, frozen ones left out, in network order
 * @param classes one number a removable channel: what {@link ChannelGraph} calls its class
 */
public record ChannelGroup(String name, List<String> producers, List<Integer> classes) {
    /** Copies the lists. */
    public ChannelGroup {
        producers = List.copyOf(producers);
        classes = List.copyOf(classes);
    }

    /** Number of channels that may be removed, all but one of them at the most. */
    public int width() {
        return classes.size();
    }
}
