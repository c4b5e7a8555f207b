package io.github.dl4jprune.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A candidate of a {@link WidthSearch} and what it was worth.
 *
 * @param number from 1, in the order in which candidates came up
 * @param tenths of the channels that each dimension of the search keeps
 * @param sparsities by layer, as {@code Pruner.layer} takes them
 * @param macs multiply-adds left, as a fraction
 * @param fitness what it was worth
 */
public record WidthEvaluation(
        int number, List<Integer> tenths, Map<String, Double> sparsities, double macs, double fitness) {
    /** Copies the collections. */
    public WidthEvaluation {
        tenths = List.copyOf(tenths);
        sparsities = Collections.unmodifiableMap(new LinkedHashMap<>(sparsities));
    }
}
