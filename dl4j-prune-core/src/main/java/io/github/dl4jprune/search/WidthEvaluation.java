package io.github.dl4jprune.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A candidate of a {@link WidthSearch} and what it was worth.
 *
 * @param number from 1, in the order in which candidates came up
 * @param entries how wide each dimension of the search is, on its {@link WidthScale}: tenths of the channels by default
 * @param sparsities by layer, as {@code Pruner.layer} takes them
 * @param macs multiply-adds left, as a fraction
 * @param fitness what it was worth
 */
public record WidthEvaluation(
        int number, List<Integer> entries, Map<String, Double> sparsities, double macs, double fitness) {
    /** Copies the collections. */
    public WidthEvaluation {
        entries = List.copyOf(entries);
        sparsities = Collections.unmodifiableMap(new LinkedHashMap<>(sparsities));
    }
}
