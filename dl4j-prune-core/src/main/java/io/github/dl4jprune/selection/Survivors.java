package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

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
        int staying = 0;
        for (int id : ids) {
            staying += stays(graph, id, survivors) ? 1 : 0;
            if (staying >= least) {
                return;
            }
        }
        // of equal scores the later channel stays, as the earlier one is removed first
        Arrays.stream(ids)
                .filter(id -> !stays(graph, id, survivors))
                .map(graph::classOf)
                .distinct()
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(scores::of)
                        .thenComparingInt(c -> c)
                        .reversed())
                .limit(least - staying)
                .toList()
                .forEach(survivors::add);
    }

    private static boolean stays(ChannelGraph graph, int id, Set<Integer> survivors) {
        return id == ParameterAxis.FIXED
                || survivors.contains(graph.classOf(id))
                || graph.pin(graph.classOf(id)).isPresent();
    }
}
