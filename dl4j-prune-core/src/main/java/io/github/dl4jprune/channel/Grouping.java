package io.github.dl4jprune.channel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sorts classes of channels into groups with the same producers. */
final class Grouping {
    private Grouping() {}

    /**
     * Groups the classes that may be removed; adds a pin for classes whose producers are all frozen.
     *
     * @param pinned classes that may not be removed; extended here
     */
    static List<ChannelGroup> groups(Trace trace, int[] classOf, Map<Integer, Pin> pinned) {
        Map<Integer, SortedSet<Integer>> producersOf = new TreeMap<>();
        for (int id = 0; id < classOf.length; id++) {
            producersOf.computeIfAbsent(classOf[id], c -> new TreeSet<>()).add(trace.producerOf(id));
        }
        Map<SortedSet<Integer>, List<Integer>> classes = new LinkedHashMap<>();
        producersOf.forEach((classNumber, producers) -> {
            if (producers.stream().allMatch(trace.frozenProducers::get)) {
                String first = trace.producers.get(producers.first());
                pinned.putIfAbsent(classNumber, new Pin(first, PinReason.FROZEN, ""));
            }
            if (!pinned.containsKey(classNumber)) {
                classes.computeIfAbsent(producers, p -> new ArrayList<>()).add(classNumber);
            }
        });
        List<ChannelGroup> groups = new ArrayList<>();
        classes.forEach((producers, members) -> groups.add(group(trace, producers, members)));
        return List.copyOf(groups);
    }

    private static ChannelGroup group(Trace trace, SortedSet<Integer> producers, List<Integer> members) {
        List<String> names = producers.stream()
                .filter(producer -> !trace.frozenProducers.get(producer))
                .map(trace.producers::get)
                .distinct()
                .toList();
        return new ChannelGroup(names.get(0), names, members);
    }
}
