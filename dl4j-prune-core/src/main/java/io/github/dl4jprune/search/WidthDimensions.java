package io.github.dl4jprune.search;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.text.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a {@link WidthSearch} varies: groups of channels, those that share a layer together, since layers name them. */
final class WidthDimensions {
    private final List<List<ChannelGroup>> dimensions = new ArrayList<>();

    /**
     * Finds the dimensions.
     *
     * @param ignored layers whose groups keep all channels
     * @param scope which groups take part
     * @throws IllegalArgumentException if a layer is unknown or nothing is left to vary
     */
    WidthDimensions(ChannelGraph graph, Collection<String> ignored, WidthSearch.Groups scope) {
        ignored.forEach(layer -> requireLayer(graph, layer));
        int[] members = members(graph);
        for (ChannelGroup group : graph.groups()) {
            // a layer joined with a frozen one, such as a fixed shortcut, is its group's only producer, too
            boolean inner = group.classes().stream().allMatch(c -> members[c] == 1);
            if ((inner || scope == WidthSearch.Groups.ALL)
                    && group.width() > 1
                    && ignored.stream().noneMatch(layer -> has(graph, group, layer))) {
                add(group);
            }
        }
        if (dimensions.isEmpty()) {
            throw new IllegalArgumentException("network must have a group of channels whose width may vary, got none");
        }
    }

    /** How many channels each class unites. */
    private static int[] members(ChannelGraph graph) {
        int[] members = new int[graph.size()];
        for (int id = 0; id < members.length; id++) {
            members[graph.classOf(id)]++;
        }
        return members;
    }

    private static void requireLayer(ChannelGraph graph, String layer) {
        if (graph.unitIds(layer).isEmpty()) {
            throw new IllegalArgumentException("layer \"" + layer + "\" must be one with channels"
                    + NearestName.hint(layer, graph.nodesWithUnits()));
        }
    }

    private static boolean has(ChannelGraph graph, ChannelGroup group, String layer) {
        return group.producers().contains(layer)
                || Arrays.stream(graph.unitIds(layer).orElse(new int[0]))
                        .anyMatch(id ->
                                id != ParameterAxis.FIXED && group.classes().contains(graph.classOf(id)));
    }

    private void add(ChannelGroup group) {
        List<ChannelGroup> merged = new ArrayList<>();
        dimensions.removeIf(dimension -> {
            boolean shares =
                    dimension.stream().anyMatch(other -> !Collections.disjoint(other.producers(), group.producers()));
            if (shares) {
                merged.addAll(dimension);
            }
            return shares;
        });
        merged.add(group);
        dimensions.add(merged);
    }

    int size() {
        return dimensions.size();
    }

    /** The groups whose width is that dimension. */
    List<ChannelGroup> groups(int dimension) {
        return List.copyOf(dimensions.get(dimension));
    }

    /** By the name of every group, the sparsity that its entry stands for. */
    Map<String, Double> sparsities(List<Integer> entries, WidthScale scale) {
        Map<String, Double> result = new LinkedHashMap<>();
        for (int i = 0; i < dimensions.size(); i++) {
            for (ChannelGroup group : dimensions.get(i)) {
                result.put(group.name(), scale.sparsity(entries.get(i)));
            }
        }
        return result;
    }

    /** Names and widths, dimension by dimension. */
    String text() {
        return dimensions.stream()
                .map(dimension -> dimension.stream()
                        .map(group -> group.name() + ":" + group.width())
                        .collect(Collectors.joining("+")))
                .collect(Collectors.joining(" "));
    }
}
