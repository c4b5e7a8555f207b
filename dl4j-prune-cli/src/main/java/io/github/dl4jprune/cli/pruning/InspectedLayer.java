package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.PinnedLayer;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.cost.LayerCost;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;

/**
 * One layer of {@code inspect}.
 *
 * @param name of the layer
 * @param type its class in DL4J
 * @param channels output channels that its own parameters are indexed by; 0: none
 * @param parameters trainable values, so without statistics and what is frozen, as in the total
 * @param macs multiply-adds for one example, fixed ones included
 * @param group names of the groups that its channels belong to
 * @param pinned why its channels cannot be removed; empty if they can
 */
record InspectedLayer(String name, String type, int channels, long parameters, long macs, String group, String pinned) {
    static List<InspectedLayer> list(
            NetworkView<Model> network, ChannelGraph graph, List<PinnedLayer> pinned, List<LayerCost> costs) {
        Map<String, String> reasons = pinned.stream()
                .collect(Collectors.toMap(PinnedLayer::layer, layer -> layer.reason() + " " + layer.detail()));
        Map<String, LayerCost> byName = costs.stream().collect(Collectors.toMap(LayerCost::layer, cost -> cost));
        return network.structure().nodes().stream()
                .filter(node -> node.content() instanceof LayerContent)
                .map(node -> new InspectedLayer(
                        node.name(),
                        type(node),
                        graph.unitIds(node.name()).map(ids -> ids.length).orElse(0),
                        cost(byName, node).parameters(),
                        cost(byName, node).macs(),
                        groups(graph, node.name()),
                        reasons.getOrDefault(node.name(), "").strip()))
                .toList();
    }

    private static LayerCost cost(Map<String, LayerCost> byName, NetworkNode node) {
        return byName.getOrDefault(node.name(), new LayerCost(node.name(), 0, 0, 0));
    }

    private static String type(NetworkNode node) {
        return ((LayerContent) node.content()).layer().getClass().getSimpleName();
    }

    private static String groups(ChannelGraph graph, String layer) {
        Set<Integer> classes = Arrays.stream(graph.unitIds(layer).orElse(new int[0]))
                .filter(id -> id != ParameterAxis.FIXED)
                .mapToObj(graph::classOf)
                .collect(Collectors.toSet());
        return graph.groups().stream()
                .filter(group -> group.classes().stream().anyMatch(classes::contains))
                .map(ChannelGroup::name)
                .collect(Collectors.joining(", "));
    }
}
