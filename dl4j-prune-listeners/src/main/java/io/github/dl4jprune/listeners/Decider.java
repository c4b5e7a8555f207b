package io.github.dl4jprune.listeners;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.NormPooling;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.ChannelSelector;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.selection.GroupSelection;
import io.github.dl4jprune.selection.ParameterSelection;
import io.github.dl4jprune.selection.Selection;
import io.github.dl4jprune.selection.SelectionRequest;
import io.github.dl4jprune.selection.WeightSelection;
import io.github.dl4jprune.selection.WeightSelector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** Decides what is pruned in one network, again and again as its weights move. */
final class Decider {
    private final PruningTarget target;
    private final NetworkView<? extends Model> network;
    private final Optional<ChannelGraph> graph;
    private final Map<ChannelGroup, Set<String>> members;

    Decider(PruningTarget target, NetworkView<? extends Model> network) {
        this.target = target;
        this.network = network;
        this.graph =
                target.granularity() == Granularity.FILTER ? Optional.of(ChannelGraph.of(network)) : Optional.empty();
        this.members = graph.map(Decider::members).orElse(Map.of());
    }

    /** The graph of the channels, with filter granularity. */
    Optional<ChannelGraph> graph() {
        return graph;
    }

    /** A decision that prunes nothing. */
    Decision nothing() {
        return new Decision(WeightMask.none(network), graph.map(ChannelMask::none), Map.of(), 0, Set.of());
    }

    /**
     * Decides.
     *
     * @param model the network, or another with the same structure
     * @param fraction how much of every bound, in [0, 1]
     * @param atLeast what stays pruned in any case
     */
    @SuppressWarnings("try") // the workspace scope is there to be closed
    Decision decide(Model model, double fraction, Decision atLeast) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            NetworkView<? extends Model> view = NetworkView.of(model);
            SelectionRequest request = request(fraction);
            return graph.isPresent() ? channels(view, graph.get(), request, atLeast) : weights(view, request, atLeast);
        }
    }

    private SelectionRequest request(double fraction) {
        SelectionRequest request = target.at(fraction);
        if (target.mix().isEmpty()) {
            return request;
        }
        Map<String, Double> layers = new HashMap<>();
        for (ChannelGroup group : graph.orElseThrow().groups()) {
            if (members(group).noneMatch(request.ignoredLayers()::contains)) {
                int width = group.width();
                layers.put(group.name(), fraction * target.mix().orElseThrow().pruned(width) / width);
            }
        }
        return new SelectionRequest(
                request.sparsity(), request.scope(), layers, request.ignoredLayers(), 1, request.budget());
    }

    private Decision weights(NetworkView<? extends Model> view, SelectionRequest request, Decision atLeast) {
        WeightSelection selection = new WeightSelector(view).select(request, target.criterion(), atLeast.weights());
        Map<String, LayerSparsity> sparsities = new LinkedHashMap<>();
        for (ParameterSelection one : selection.parameters()) {
            double asked = request.layerSparsities()
                    .getOrDefault(one.parameter().node(), request.sparsity().orElse(0));
            double reached = (double) one.pruned() / one.parameter().length();
            sparsities.put(one.parameter().name(), new LayerSparsity(asked, reached));
        }
        return new Decision(selection.mask(), Optional.empty(), sparsities, selection.sparsity(), sparsities.keySet());
    }

    private Decision channels(
            NetworkView<? extends Model> view, ChannelGraph channelGraph, SelectionRequest request, Decision atLeast) {
        ChannelMask before = atLeast.channels().orElseThrow();
        Selection selection =
                new ChannelSelector(view, channelGraph).select(request, target.criterion(), target.data(), before);
        Map<String, LayerSparsity> sparsities = new LinkedHashMap<>();
        List<GroupSelection> covered = selection.groups().stream()
                .filter(group -> covered(group.group(), request))
                .toList();
        requireTrainable(view, channelGraph, covered);
        int channels = 0;
        int pruned = 0;
        for (GroupSelection one : covered) {
            int width = one.group().width();
            int gone = (int) one.group().classes().stream()
                    .filter(c -> selection.mask().prunes(c))
                    .count();
            sparsities.put(one.group().name(), new LayerSparsity(asked(one.group(), request), (double) gone / width));
            channels += width;
            pruned += gone;
        }
        return new Decision(
                WeightMask.of(view, selection.mask()),
                Optional.of(selection.mask()),
                sparsities,
                channels == 0 ? 0 : (double) pruned / channels,
                claims(channelGraph, covered));
    }

    private static void requireTrainable(
            NetworkView<? extends Model> view, ChannelGraph graph, List<GroupSelection> covered) {
        for (GroupSelection one : covered) {
            Set<Integer> classes = Set.copyOf(one.group().classes());
            NormPooling.reading(view.structure(), graph, classes).ifPresent(pooling -> {
                throw new IllegalStateException(
                        "layer \"" + pooling + "\" pools by p-norm, whose gradient is NaN where a whole"
                                + " window is 0: channels of \"" + one.group().name()
                                + "\" must be ignored, or cut out by Pruner or PruningTrainer, not held at 0 while training");
            });
        }
    }

    private boolean covered(ChannelGroup group, SelectionRequest request) {
        return members(group).noneMatch(request.ignoredLayers()::contains)
                && (request.sparsity().isPresent() || members(group).anyMatch(request.layerSparsities()::containsKey));
    }

    private double asked(ChannelGroup group, SelectionRequest request) {
        return members(group)
                .filter(request.layerSparsities()::containsKey)
                .map(request.layerSparsities()::get)
                .findFirst()
                .orElse(request.sparsity().orElse(0));
    }

    private Stream<String> members(ChannelGroup group) {
        return members.getOrDefault(group, Set.of()).stream();
    }

    /** For every group the layers whose own parameters its channels index. */
    private static Map<ChannelGroup, Set<String>> members(ChannelGraph graph) {
        Map<Integer, ChannelGroup> groupOf = new HashMap<>();
        graph.groups().forEach(group -> group.classes().forEach(c -> groupOf.put(c, group)));
        Map<ChannelGroup, Set<String>> members = new HashMap<>();
        for (String node : graph.nodesWithUnits()) {
            for (int id : graph.unitIds(node).orElse(new int[0])) {
                ChannelGroup group = id == ParameterAxis.FIXED ? null : groupOf.get(graph.classOf(id));
                if (group != null) {
                    members.computeIfAbsent(group, g -> new LinkedHashSet<>()).add(node);
                }
            }
        }
        return members;
    }

    /** The parameters that make the channels, not those that only read them. */
    private static Set<String> claims(ChannelGraph graph, List<GroupSelection> covered) {
        Set<Integer> classes =
                covered.stream().flatMap(one -> one.group().classes().stream()).collect(Collectors.toSet());
        return graph.axes().stream()
                .filter(axis -> axis.side() == ParameterAxis.Side.OUTPUT)
                .filter(axis -> IntStream.of(axis.ids())
                        .anyMatch(id -> id != ParameterAxis.FIXED && classes.contains(graph.classOf(id))))
                .map(axis -> axis.node() + "_" + axis.key())
                .collect(Collectors.toSet());
    }
}
