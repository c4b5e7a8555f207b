package io.github.dl4jprune.search;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How a {@link WidthSearch} looks for the best vector of whole numbers. It knows nothing of networks. */
public sealed interface WidthStrategy permits BeeColony, EvolutionSearch {
    /** Largest entry of a vector; the smallest is 1. */
    int most();

    /** Of all draws. */
    long seed();

    /** Most evaluations that a search makes. */
    int evaluations();

    /**
     * Searches. The same seed and fitness give the same search; no vector is evaluated twice.
     *
     * @param length of the vectors, at least 1
     * @param allowed which vectors may be tried; if one may, so may all that are nowhere larger
     * @param fitness finite and at least 0, more is better
     * @return the best vector seen
     * @throws IllegalArgumentException if not even the vector of ones is allowed
     * @throws IllegalStateException if a fitness is out of range
     */
    FoodSource search(int length, Predicate<List<Integer>> allowed, ToDoubleFunction<List<Integer>> fitness);
}
