package io.github.dl4jprune.selection;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What to prune, and how far.
 *
 * @param sparsity fraction of each group's channels to remove, in [0, 1); empty means 0, or as far as the budget asks.
 *     Beside a budget it is an upper bound for every group
 * @param scope over which channels the ranking runs
 * @param layerSparsities sparsity of the whole group of a layer, in [0, 1), in place of {@code sparsity} and budget
 * @param ignoredLayers layers whose groups keep all channels
 * @param multipleOf every group that is pruned keeps a multiple of so many channels, at least 1
 * @param budget how much may be left
 */
public record SelectionRequest(
        OptionalDouble sparsity,
        Scope scope,
        Map<String, Double> layerSparsities,
        Set<String> ignoredLayers,
        int multipleOf,
        Budget budget) {
    /** Checks ranges. */
    public SelectionRequest {
        layerSparsities = Map.copyOf(layerSparsities);
        ignoredLayers = Set.copyOf(ignoredLayers);
        sparsity.ifPresent(value -> check("sparsity", value));
        layerSparsities.forEach((layer, value) -> check("layer \"" + layer + "\": sparsity", value));
        if (multipleOf < 1) {
            throw new IllegalArgumentException("multipleOf must be at least 1, got " + multipleOf);
        }
    }

    private static void check(String subject, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(subject + " must be in [0, 1), got " + value);
        }
    }

    /** The same sparsity for every group. */
    public static SelectionRequest uniform(double sparsity) {
        return new SelectionRequest(OptionalDouble.of(sparsity), Scope.LOCAL, Map.of(), Set.of(), 1, Budget.NONE);
    }
}
