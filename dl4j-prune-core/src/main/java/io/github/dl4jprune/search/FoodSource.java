package io.github.dl4jprune.search;

import java.util.List;

/**
 * A vector that a {@link BeeColony} has tried.
 *
 * @param entries the vector
 * @param fitness what it was found to be worth
 */
public record FoodSource(List<Integer> entries, double fitness) {
    /** Copies the list, checks the fitness. */
    public FoodSource {
        entries = List.copyOf(entries);
        if (!(fitness >= 0 && fitness < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException("fitness of " + entries + " must be finite and at least 0, got " + fitness);
        }
    }
}
