package io.github.dl4jprune;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.selection.GroupSelection;
import io.github.dl4jprune.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts a selection into the words of a result. */
final class ResultGroups {
    private ResultGroups() {}

    static List<PrunedGroup> groups(Selection selection) {
        List<PrunedGroup> result = new ArrayList<>();
        for (GroupSelection group : selection.groups()) {
            result.add(new PrunedGroup(
                    group.group().name(),
                    group.group().producers(),
                    group.group().width(),
                    group.requested(),
                    group.kept(),
                    keptChannels(selection.mask(), new HashSet<>(group.group().classes())),
                    group.note()));
        }
        return result;
    }

    private static Map<String, List<Integer>> keptChannels(ChannelMask mask, Set<Integer> classes) {
        ChannelGraph graph = mask.graph();
        Map<String, List<Integer>> result = new LinkedHashMap<>();
        for (String layer : graph.nodesWithUnits()) {
            int[] ids = graph.unitIds(layer).orElseThrow();
            boolean touched =
                    Arrays.stream(ids).anyMatch(id -> id != ParameterAxis.FIXED && classes.contains(graph.classOf(id)));
            if (touched) {
                result.put(layer, Arrays.stream(mask.kept(ids)).boxed().toList());
            }
        }
        return result;
    }
}
