package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The channels that must stay so that nothing becomes empty: of every axis of every parameter, and of every activation
 * (a subset of a group's channels may be read alone), the one with the highest score.
 */
final class Survivors {
    private Survivors() {}

    static Set<Integer> of(ChannelGraph graph, Iterable<String> nodes, ChannelScores scores) {
        Set<Integer> survivors = new HashSet<>();
        for (ParameterAxis axis : graph.axes()) {
            add(graph, axis.ids(), axis.least(), scores, survivors);
        }
        for (String node : nodes) {
            graph.outputIds(node).ifPresent(ids -> add(graph, ids, 1, scores, survivors));
        }
        return survivors;
    }

    /** Adds the highest-scored classes until at least so many of an axis's stay. */
    private static void add(ChannelGraph graph, int[] ids, int least, ChannelScores scores, Set<Integer> survivors) {
        Set<Integer> candidates = new TreeSet<>();
        int staying = 0;
        for (int id : ids) {
            int classNumber = id == ParameterAxis.FIXED ? id : graph.classOf(id);
            if (id == ParameterAxis.FIXED || graph.pin(classNumber).isPresent() || survivors.contains(classNumber)) {
                staying++;
                if (staying >= least) {
                    return;
                }
            } else {
                candidates.add(classNumber);
            }
        }
        // of equal scores the later channel stays, as the earlier one is removed first
        candidates.stream()
                .sorted(Comparator.<Integer>comparingDouble(scores::of)
                        .thenComparingInt(c -> c)
                        .reversed())
                .limit(least - staying)
                .forEach(survivors::add);
    }
}
