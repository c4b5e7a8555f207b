package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The channels that must stay so that nothing becomes empty: of every axis of every parameter, and of every activation
 * (a subset of a group's channels may be read alone), the one with the highest score.
 */
final class Survivors {
    private Survivors() {}

    static Set<Integer> of(ChannelGraph graph, Iterable<String> nodes, ChannelScores scores) {
        List<int[]> axes = new ArrayList<>();
        graph.axes().forEach(axis -> axes.add(axis.ids()));
        nodes.forEach(node -> graph.outputIds(node).ifPresent(axes::add));
        Set<Integer> survivors = new HashSet<>();
        for (int[] ids : axes) {
            addBest(graph, ids, scores, survivors);
        }
        return survivors;
    }

    private static void addBest(ChannelGraph graph, int[] ids, ChannelScores scores, Set<Integer> survivors) {
        int best = ParameterAxis.FIXED;
        for (int id : ids) {
            int classNumber = id == ParameterAxis.FIXED ? id : graph.classOf(id);
            boolean stays = classNumber == ParameterAxis.FIXED
                    || graph.pin(classNumber).isPresent()
                    || survivors.contains(classNumber);
            if (stays) {
                return;
            }
            if (best == ParameterAxis.FIXED || higher(scores, classNumber, best)) {
                best = classNumber;
            }
        }
        if (best != ParameterAxis.FIXED) {
            survivors.add(best);
        }
    }

    /** Of equal scores the later channel stays, as the earlier one is removed first. */
    private static boolean higher(ChannelScores scores, int a, int b) {
        int byScore = Double.compare(scores.of(a), scores.of(b));
        return byScore > 0 || (byScore == 0 && a > b);
    }
}
