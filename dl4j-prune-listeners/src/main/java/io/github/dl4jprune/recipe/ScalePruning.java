package io.github.dl4jprune.recipe;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.SparsityCount;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.text.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What follows a penalty on batch-norm scales: channels with the smallest scales of the whole network, or with scales of
 * exactly 0, go. Channels without a batch normalisation stay.
 */
final class ScalePruning {
    private static final String SCALE = "gamma";

    private final NetworkView<? extends Model> network;
    private final ChannelGraph graph;
    private final Map<Integer, Double> scales = new HashMap<>();

    ScalePruning(Model network, Set<String> ignored) {
        this.network = NetworkView.of(network);
        this.graph = ChannelGraph.of(this.network);
        Set<Integer> kept = new HashSet<>();
        ignored.forEach(layer -> kept.addAll(classes(layer)));
        Set<Integer> prunable = new HashSet<>();
        for (ChannelGroup group : graph.groups()) {
            if (group.classes().stream().noneMatch(kept::contains)) {
                prunable.addAll(group.classes());
            }
        }
        for (ParameterAxis axis : graph.axes()) {
            INDArray gamma = this.network.parameters(axis.node()).get(axis.key());
            if (gamma != null && axis.key().equals(SCALE)) {
                add(axis.ids(), gamma, prunable);
            }
        }
        if (scales.isEmpty()) {
            throw new IllegalArgumentException(
                    "network must have a batch normalisation with trained gamma behind channels that can be pruned");
        }
    }

    /** What the parameters of a layer index on its output side. */
    private Set<Integer> classes(String layer) {
        int[] ids = graph.unitIds(layer)
                .orElseThrow(() -> new IllegalArgumentException("layer \"" + layer + "\" must be one with channels"
                        + NearestName.hint(layer, graph.nodesWithUnits())));
        Set<Integer> classes = new HashSet<>();
        Arrays.stream(ids).filter(id -> id != ParameterAxis.FIXED).forEach(id -> classes.add(graph.classOf(id)));
        return classes;
    }

    /** Channels that several normalisations scale are as important as the largest of these makes them. */
    private void add(int[] ids, INDArray gamma, Set<Integer> prunable) {
        double[] values = gamma.dup().reshape(gamma.length()).toDoubleVector();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != ParameterAxis.FIXED && prunable.contains(graph.classOf(ids[i]))) {
                scales.merge(graph.classOf(ids[i]), Math.abs(values[i]), Math::max);
            }
        }
    }

    /** How many of the channels that have a scale have one of exactly 0, as a fraction. */
    double zeros() {
        return zeroClasses().size() / (double) scales.size();
    }

    /** Zeroes all that belongs to the channels whose scale is 0; gives their fraction. */
    double pruneZeros(Model model) {
        return prune(model, zeroClasses());
    }

    /** Zeroes all that belongs to the given fraction of channels, those of the smallest scales; gives what was reached. */
    double pruneSmallest(Model model, double sparsity) {
        List<Integer> ascending = new ArrayList<>(scales.keySet());
        ascending.sort(Comparator.<Integer>comparingDouble(scales::get).thenComparingInt(c -> c));
        return prune(model, ascending.subList(0, SparsityCount.removed(scales.size(), sparsity)));
    }

    private List<Integer> zeroClasses() {
        return scales.entrySet().stream()
                .filter(entry -> entry.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private double prune(Model model, List<Integer> classes) {
        ChannelMask mask = ChannelMask.ofAsManyAs(graph, classes);
        WeightMask.of(network, mask).applyTo(model);
        return mask.prunedClasses() / (double) scales.size();
    }
}
