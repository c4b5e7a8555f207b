package io.github.dl4jprune;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.selection.GroupSelection;
import io.github.dl4jprune.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a selection into the words of a result. */
final class ResultGroups {
    private static final int NONE = -1;

    private ResultGroups() {}

    static List<PrunedGroup> groups(Selection selection) {
        List<Map<String, List<Integer>>> keptChannels = keptChannels(selection);
        List<PrunedGroup> result = new ArrayList<>();
        for (int i = 0; i < selection.groups().size(); i++) {
            GroupSelection group = selection.groups().get(i);
            result.add(new PrunedGroup(
                    group.group().name(),
                    group.group().producers(),
                    group.group().width(),
                    group.requested(),
                    group.kept(),
                    keptChannels.get(i),
                    group.note()));
        }
        return result;
    }

    /** One map a group, in one pass over all layers: behind many concatenations a layer belongs to most groups. */
    private static List<Map<String, List<Integer>>> keptChannels(Selection selection) {
        ChannelGraph graph = selection.mask().graph();
        int[] groupOf = groupOfClass(selection);
        List<Map<String, List<Integer>>> result = new ArrayList<>();
        selection.groups().forEach(group -> result.add(new LinkedHashMap<>()));
        for (String layer : graph.nodesWithUnits()) {
            int[] ids = graph.unitIds(layer).orElseThrow();
            List<Integer> kept =
                    Arrays.stream(selection.mask().kept(ids)).boxed().toList();
            Arrays.stream(ids)
                    .filter(id -> id != ParameterAxis.FIXED)
                    .map(id -> groupOf[graph.classOf(id)])
                    .filter(group -> group != NONE)
                    .distinct()
                    .forEach(group -> result.get(group).put(layer, kept));
        }
        return result;
    }

    private static int[] groupOfClass(Selection selection) {
        int[] groupOf = new int[selection.mask().graph().size()];
        Arrays.fill(groupOf, NONE);
        for (int i = 0; i < selection.groups().size(); i++) {
            for (int classNumber : selection.groups().get(i).group().classes()) {
                groupOf[classNumber] = i;
            }
        }
        return groupOf;
    }
}
