package io.github.dl4jprune.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a walk over a network collects; {@link ChannelGraph} is made from it. */
final class Trace {
    final UnionFind channels = new UnionFind();
    final List<String> producers = new ArrayList<>();
    final List<Boolean> frozenProducers = new ArrayList<>();
    final List<ParameterAxis> axes = new ArrayList<>();
    final Map<String, Activation> inputs = new HashMap<>();
    final Map<String, Activation> outputs = new LinkedHashMap<>();
    final Map<String, int[]> units = new LinkedHashMap<>();
    final Map<Integer, Pin> pins = new LinkedHashMap<>();
    final Map<String, Integer> inputWidths = new HashMap<>();
    private int[] producerOf = new int[1024];

    /** Numbers {@code count} channels that {@code node} produces. */
    int[] produce(String node, long count, boolean frozen) {
        int first = channels.grow(Math.toIntExact(count));
        int producer = producers.size();
        producers.add(node);
        frozenProducers.add(frozen);
        if (channels.size() > producerOf.length) {
            producerOf = Arrays.copyOf(producerOf, Math.max(channels.size(), 2 * producerOf.length));
        }
        Arrays.fill(producerOf, first, channels.size(), producer);
        int[] ids = new int[channels.size() - first];
        Arrays.setAll(ids, i -> first + i);
        return ids;
    }

    int producerOf(int id) {
        return producerOf[id];
    }

    /** Makes sure that none of the ids is ever removed. The first reason given for an id stays. */
    void pin(int[] ids, Pin pin) {
        for (int id : ids) {
            if (id != ParameterAxis.FIXED) {
                pins.putIfAbsent(id, pin);
            }
        }
    }

    /** Pins whatever flows there, if it has ids. */
    void pin(Activation activation, Pin pin) {
        if (!activation.isOpaque()) {
            pin(activation.ids(), pin);
        }
    }

    /** Makes two arrays of channels inseparable, position by position; a fixed position pins its partner. */
    void unite(int[] a, int[] b, Pin ifFixed) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] == ParameterAxis.FIXED || b[i] == ParameterAxis.FIXED) {
                pin(new int[] {a[i], b[i]}, ifFixed);
            } else {
                channels.unite(a[i], b[i]);
            }
        }
    }
}
