package io.github.dl4jprune.recipe;

import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.text.NearestName;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * One training run with pruning. What the data are, in which batches and how they are changed is not part of it.
 *
 * @param method how it prunes
 * @param granularity single weights, never biases or batch normalisation, or whole filters
 * @param criterion name of the criterion, as in {@link Criteria#names}; weights are always ranked by magnitude, except by
 *     {@code random}
 * @param sparsity fraction of zeros that every layer (or channel group) gets, in [0, 1); empty: only {@code layers}
 * @param layers sparsity of single layers, in [0, 1)
 * @param ignored layers that are left alone
 * @param schedule how sparsity grows, for the methods whose sparsity does
 * @param epochs passes over the data, at least 1
 * @param updater what trains
 * @param weightDecay L2 coefficient of weights, at least 0
 * @param penalty coefficient of the sparsity penalty of slimming and ISTA, at least 0
 * @param target when prune-and-shrink has done enough
 * @param seed of the random criterion and of dropout
 */
public record Recipe(
        PruningMethod method,
        Granularity granularity,
        String criterion,
        OptionalDouble sparsity,
        Map<String, Double> layers,
        Set<String> ignored,
        ScheduleRecipe schedule,
        int epochs,
        UpdaterRecipe updater,
        double weightDecay,
        double penalty,
        TargetRecipe target,
        long seed) {
    /** Checks each value and what they say together. */
    public Recipe {
        layers = java.util.Collections.unmodifiableMap(new TreeMap<>(layers));
        ignored = java.util.Collections.unmodifiableSet(new TreeSet<>(ignored));
        Criteria.named(criterion);
        sparsity.ifPresent(value -> requireSparsity("sparsity", value));
        layers.forEach((layer, value) -> requireSparsity("layers." + layer, value));
        require(epochs >= 1, "epochs must be at least 1, got " + epochs);
        require(
                weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY,
                "weightDecay must be at least 0 and finite, got " + weightDecay);
        require(
                penalty >= 0 && penalty < Double.POSITIVE_INFINITY,
                "penalty must be at least 0 and finite, got " + penalty);
        require(
                granularity == Granularity.FILTER || method == PruningMethod.STATIC || method == PruningMethod.DYNAMIC,
                "granularity must be filter for method " + method.text() + ", got weight");
        boolean targeted =
                method == PruningMethod.PRUNE_AND_SHRINK && target.macs().isPresent();
        require(
                sparsity.isPresent() || !layers.isEmpty() || targeted || method == PruningMethod.ISTA,
                "sparsity must be set, for all layers or under layers");
        requirePenalty(method, layers, penalty);
        requireTarget(method, target, sparsity.isPresent() || !layers.isEmpty());
        requireSchedule(method, schedule, epochs);
    }

    /**
     * Makes sure, before any work is done, that a network has the layers that are named.
     *
     * @throws IllegalArgumentException if one is not there, with the nearest that is
     */
    public void requireLayersOf(Model network) {
        List<String> there = NetworkView.of(network).structure().names();
        Stream.concat(layers.keySet().stream(), ignored.stream())
                .forEach(name -> require(
                        there.contains(name),
                        "layer \"" + name + "\" must be one of the network" + NearestName.hintOrList(name, there)));
    }

    private static void requirePenalty(PruningMethod method, Map<String, Double> layers, double penalty) {
        boolean penalized = method == PruningMethod.SLIMMING || method == PruningMethod.ISTA;
        require(
                layers.isEmpty() || !penalized,
                "layers must be left out for method " + method.text() + ", which compares scales of the whole network");
        require(penalty > 0 || !penalized, "penalty must be positive for method " + method.text() + ", got " + penalty);
    }

    private static void requireTarget(PruningMethod method, TargetRecipe target, boolean sparse) {
        boolean shrinks = method == PruningMethod.PRUNE_AND_SHRINK;
        require(
                target.macs().isEmpty() || shrinks,
                "target.macs must go with method prune-and-shrink, got " + method.text());
        require(
                target.tolerance().isEmpty() || shrinks,
                "target.tolerance must go with method prune-and-shrink, got " + method.text());
        require(target.macs().isEmpty() || !sparse, "target.macs must stand in place of sparsity and layers, got both");
    }

    private static void requireSchedule(PruningMethod method, ScheduleRecipe schedule, int epochs) {
        boolean byEpoch = schedule.unit() == ScheduleType.EPOCH;
        require(
                byEpoch || method != PruningMethod.PRUNE_AND_SHRINK,
                "schedule.unit must be epoch for method prune-and-shrink, got iteration");
        require(
                !byEpoch || schedule.end().orElse(0) <= epochs,
                "schedule.end must be at most epochs = " + epochs + ", got "
                        + schedule.end().orElse(0));
    }

    private static void requireSparsity(String subject, double value) {
        require(value >= 0 && value < 1, subject + " must be in [0, 1), got " + value);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
