package io.github.dl4jprune.live;

import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.listeners.LayerSparsity;
import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.mask.ChannelMask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of a pruning listener, read again only when its mask has changed. Not thread-safe. */
final class Watched {
    private final PruningListener listener;
    private final Map<Integer, String> returnedTo = new HashMap<>();
    private final Map<String, Long> returned = new HashMap<>();
    private @Nullable Map<String, LayerSparsity> seen;
    private @Nullable ChannelMask channels;
    private Snapshot.@Nullable Pruning pruning;
    private List<LayerState> layers = List.of();

    Watched(PruningListener listener) {
        this.listener = listener;
    }

    /** Where pruning stands as a whole; null before the listener has started. */
    Snapshot.@Nullable Pruning pruning() {
        return pruning;
    }

    List<LayerState> layers() {
        return layers;
    }

    /** Whether the mask has changed since the last look. A listener makes one map a decision. */
    boolean changed() {
        Map<String, LayerSparsity> now = listener.sparsities();
        if (now.isEmpty() || now == seen) {
            return false;
        }
        seen = now;
        listener.channelMask().ifPresent(this::countReturned);
        Map<String, Integer> sizes = channels == null ? weights() : widths(channels);
        layers = now.entrySet().stream()
                .map(entry -> new LayerState(
                        entry.getKey(),
                        sizes.getOrDefault(entry.getKey(), 0),
                        entry.getValue().asked(),
                        entry.getValue().reached(),
                        returned.getOrDefault(entry.getKey(), 0L)))
                .toList();
        pruning = new Snapshot.Pruning(
                channels == null ? "weights" : "channels",
                asked(),
                listener.sparsity(),
                listener instanceof SoftPruningListener,
                listener instanceof SoftPruningListener soft ? soft.returned() : 0);
        return true;
    }

    private void countReturned(ChannelMask now) {
        List<Integer> before = channels == null ? List.of() : new ArrayList<>(channels.classes());
        if (returnedTo.isEmpty()) {
            now.graph().groups().forEach(group -> group.classes().forEach(c -> returnedTo.put(c, group.name())));
        }
        before.stream()
                .filter(c -> !now.prunes(c))
                .forEach(c -> returned.merge(returnedTo.getOrDefault(c, ""), 1L, Long::sum));
        channels = now;
    }

    /** Over all layers, each by its size. */
    private double asked() {
        double all = layers.stream().mapToDouble(LayerState::size).sum();
        double zeros = layers.stream()
                .mapToDouble(layer -> layer.size() * layer.asked())
                .sum();
        return all == 0 ? 0 : zeros / all;
    }

    private static Map<String, Integer> widths(ChannelMask mask) {
        return mask.graph().groups().stream().collect(Collectors.toMap(ChannelGroup::name, ChannelGroup::width));
    }

    private Map<String, Integer> weights() {
        Map<String, Integer> lengths = new HashMap<>();
        listener.weightMask()
                .ifPresent(mask -> mask.parameters().forEach(span -> lengths.put(span.name(), span.length())));
        return lengths;
    }
}
