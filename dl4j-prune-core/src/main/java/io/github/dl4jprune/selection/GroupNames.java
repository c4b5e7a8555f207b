package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.channel.Pin;
import io.github.dl4jprune.text.NearestName;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the groups that a layer name stands for: those whose channels index the layer's own parameters. */
final class GroupNames {
    private final ChannelGraph graph;

    GroupNames(ChannelGraph graph) {
        this.graph = graph;
    }

    /**
     * The groups of a layer; empty if all its channels are pinned.
     *
     * @throws IllegalArgumentException if no layer of that name has channels, with the nearest one that has
     */
    List<ChannelGroup> groups(String layer) {
        Set<Integer> classes = classes(layer);
        return graph.groups().stream()
                .filter(group -> group.producers().contains(layer)
                        || group.classes().stream().anyMatch(classes::contains))
                .toList();
    }

    /** As {@link #groups}, for layers that must have a group. */
    List<ChannelGroup> prunableGroups(String layer) {
        List<ChannelGroup> groups = groups(layer);
        if (groups.isEmpty()) {
            Optional<Pin> pin =
                    classes(layer).stream().flatMap(c -> graph.pin(c).stream()).findFirst();
            throw new IllegalArgumentException("layer \"" + layer + "\" must have removable channels"
                    + pin.map(p -> ", got " + p.reason()).orElse(""));
        }
        return groups;
    }

    private Set<Integer> classes(String layer) {
        int[] ids = graph.unitIds(layer)
                .orElseThrow(() -> new IllegalArgumentException("layer \"" + layer + "\" must be one with channels"
                        + NearestName.hintOrList(layer, graph.nodesWithUnits())));
        Set<Integer> classes = new HashSet<>();
        Arrays.stream(ids).filter(id -> id != ParameterAxis.FIXED).forEach(id -> classes.add(graph.classOf(id)));
        return classes;
    }
}
