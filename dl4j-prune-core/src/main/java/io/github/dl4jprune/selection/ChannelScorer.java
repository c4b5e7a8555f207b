package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.channel.ParameterAxis;
import io.github.dl4jprune.criterion.ActivationCriterion;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.FilterCriterion;
import io.github.dl4jprune.criterion.GradientCriterion;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.criterion.ScaleCriterion;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scores the channels of a network by a criterion. Layers score their own units; a class of united channels gets the
 * mean over its producers, each divided by its own mean so that all have an equal voice.
 */
public final class ChannelScorer {
    private final NetworkView<? extends Model> network;
    private final ChannelGraph graph;

    /**
     * A scorer.
     *
     * @param network the network, left untouched
     * @param graph its channel graph
     */
    public ChannelScorer(NetworkView<? extends Model> network, ChannelGraph graph) {
        this.network = network;
        this.graph = graph;
    }

    /**
     * Scores all removable channels.
     *
     * @param data minibatches for criteria that look at gradients or activations; read from its start to its end
     * @throws IllegalArgumentException if the criterion needs data and there is none, or needs a batch normalisation
     *     behind a layer that has none
     */
    public ChannelScores score(Criterion criterion, @Nullable DataSetIterator data) {
        return score(criterion, data, Set.of());
    }

    /**
     * Scores the removable channels of some layers. Those of the others count as average, unseen: such layers need not have
     * what the criterion looks at.
     *
     * @param data as in {@link #score(Criterion, DataSetIterator)}
     * @param ignoredLayers layers whose groups are left out
     * @throws IllegalArgumentException as {@link #score(Criterion, DataSetIterator)}, or if a layer is unknown
     */
    public ChannelScores score(Criterion criterion, @Nullable DataSetIterator data, Set<String> ignoredLayers) {
        GroupNames names = new GroupNames(graph);
        Set<ChannelGroup> leftOut = new HashSet<>();
        ignoredLayers.forEach(layer -> leftOut.addAll(names.groups(layer)));
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return combine(scoreLayers(criterion, producers(leftOut), data), criterion);
        }
    }

    /**
     * The scores that layers give their own units, before any are put together: raw numbers, comparable only within a
     * layer.
     *
     * @param data as in {@link #score}
     * @return for each layer that makes removable channels, in network order of the groups, one score a unit
     * @throws IllegalArgumentException as in {@link #score}
     */
    public Map<String, double[]> scoresByLayer(Criterion criterion, @Nullable DataSetIterator data) {
        try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return scoreLayers(criterion, producers(Set.of()), data);
        }
    }

    /**
     * The weights of one layer with one row a unit, biases left out: what filter criteria compare.
     *
     * @param layer a layer with weights
     * @return shape [units, weights a unit], a copy
     * @throws IllegalArgumentException if no weights of the layer are indexed by its units
     */
    public INDArray filters(String layer) {
        FilterMatrix matrix = new FilterMatrix(graph, network, layer);
        if (matrix.isEmpty()) {
            throw new IllegalArgumentException(
                    "layer \"" + layer + "\" must have weights for each channel, it has none");
        }
        return matrix.of(network.parameters(layer));
    }

    private List<String> producers(Set<ChannelGroup> leftOut) {
        return graph.groups().stream()
                .filter(group -> !leftOut.contains(group))
                .flatMap(group -> group.producers().stream())
                .distinct()
                .toList();
    }

    private Map<String, double[]> scoreLayers(
            Criterion criterion, List<String> producers, @Nullable DataSetIterator data) {
        if (criterion instanceof FilterCriterion filter) {
            Map<String, double[]> scores = new LinkedHashMap<>();
            for (String layer : producers) {
                INDArray filters = new FilterMatrix(graph, network, layer).of(network.parameters(layer));
                scores.put(layer, filter.score(filters).toDoubleVector());
            }
            return scores;
        }
        if (criterion instanceof RandomScore random) {
            Map<String, double[]> scores = new LinkedHashMap<>();
            producers.forEach(layer ->
                    scores.put(layer, random.score(layer, units(layer).length).toDoubleVector()));
            return scores;
        }
        if (criterion instanceof ScaleCriterion scale) {
            return new ScaleScores(network, graph).score(scale, producers);
        }
        if (data == null) {
            throw new IllegalArgumentException("criterion " + criterion.name() + " must be given data to look at");
        }
        return criterion instanceof GradientCriterion gradient
                ? new GradientScores(network, graph).score(gradient, producers, data)
                : new ActivationScores(network, graph).score((ActivationCriterion) criterion, producers, data);
    }

    private int[] units(String layer) {
        return graph.unitIds(layer).orElseThrow();
    }

    private ChannelScores combine(Map<String, double[]> layerScores, Criterion criterion) {
        Map<Integer, List<Double>> votes = new HashMap<>();
        layerScores.forEach((layer, scores) -> {
            double mean = mean(scores, layer, criterion);
            int[] ids = units(layer);
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] != ParameterAxis.FIXED) {
                    votes.computeIfAbsent(graph.classOf(ids[i]), c -> new ArrayList<>())
                            .add(mean > 0 ? scores[i] / mean : 1.0);
                }
            }
        });
        Map<Integer, Double> byClass = new HashMap<>();
        for (ChannelGroup group : graph.groups()) {
            for (int classNumber : group.classes()) {
                byClass.put(
                        classNumber,
                        votes.getOrDefault(classNumber, List.of(1.0)).stream()
                                .mapToDouble(d -> d)
                                .average()
                                .orElse(1.0));
            }
        }
        return new ChannelScores(byClass);
    }

    private static double mean(double[] scores, String layer, Criterion criterion) {
        double sum = 0;
        for (double score : scores) {
            if (!Double.isFinite(score)) {
                throw new IllegalArgumentException(
                        "layer \"" + layer + "\": scores by " + criterion.name() + " must be finite, got " + score);
            }
            sum += score;
        }
        return sum / scores.length;
    }
}
