package io.github.dl4jprune.search;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * MetaPruning's evolutionary search over vectors with entries in {@code 1..most}. It begins with random vectors; then, in every
 * iteration but the first, the {@code parents} best vectors of all so far bear
 * <ol>
 * <li>mutations: of a random parent, each entry with probability {@code chance} becomes another one, drawn evenly;
 * <li>crossovers: each entry is that of the one or the other of two random parents.
 * </ol>
 * and random vectors fill the population up. Children that are not allowed or were seen before are drawn anew, ten times as often as
 * there shall be children; random vectors that are not allowed lose steps in random entries until they are.
 *
 * <p>Cost: at most {@link #evaluations} evaluations, fewer where vectors run out.
 *
 * @param population vectors an iteration, at least 2
 * @param iterations at least 1
 * @param parents at least 1
 * @param mutations children an iteration, at least 0
 * @param chance of an entry to mutate, in [0, 1]
 * @param crossovers children an iteration, at least 0; with the mutations at most the population
 * @param most largest entry, at least 1
 * @param seed of all draws
 * @see <a href="https://arxiv.org/abs/1903.10258">Liu et al. (2019), MetaPruning: Meta Learning for Automatic Neural Network
 *     Channel Pruning</a>
 */
public record EvolutionSearch(
        int population, int iterations, int parents, int mutations, double chance, int crossovers, int most, long seed)
        implements WidthStrategy {
    /** Checks ranges. */
    public EvolutionSearch {
        Bounds.atLeast("population", population, 2);
        Bounds.atLeast("iterations", iterations, 1);
        Bounds.atLeast("parents", parents, 1);
        Bounds.atLeast("mutations", mutations, 0);
        Bounds.atLeast("crossovers", crossovers, 0);
        Bounds.atLeast("largest entry", most, 1);
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("mutation chance must be in [0, 1], got " + chance);
        }
        if (mutations + crossovers > population) {
            throw new IllegalArgumentException("mutations and crossovers must be at most the population of "
                    + population + ", got " + mutations + " and " + crossovers);
        }
    }

    @Override
    public int evaluations() {
        return population * iterations;
    }

    @Override
    public FoodSource search(int length, Predicate<List<Integer>> allowed, ToDoubleFunction<List<Integer>> fitness) {
        Bounds.atLeast("length of vectors", length, 1);
        return new Evolution(this, new VectorSpace(length, most, allowed, seed), fitness).run();
    }

    /** Collects what differs from the defaults: those of the published code. */
    public static final class Builder {
        private int population = 50;
        private int iterations = 20;
        private int parents = 10;
        private int mutations = 25;
        private double chance = 0.1;
        private int crossovers = 25;
        private int most = 31;
        private long seed;

        /** Vectors an iteration, at least 2; 50 by default. */
        public Builder population(int value) {
            population = value;
            return this;
        }

        /** Iterations, at least 1; 20 by default. */
        public Builder iterations(int value) {
            iterations = value;
            return this;
        }

        /** How many of the best bear children, at least 1; 10 by default. */
        public Builder parents(int value) {
            parents = value;
            return this;
        }

        /** Children an iteration by mutation, at least 0; 25 by default. */
        public Builder mutations(int value) {
            mutations = value;
            return this;
        }

        /** Chance of an entry to mutate, in [0, 1]; 0.1 by default. */
        public Builder chance(double value) {
            chance = value;
            return this;
        }

        /** Children an iteration by crossover, at least 0; 25 by default. */
        public Builder crossovers(int value) {
            crossovers = value;
            return this;
        }

        /** Largest entry, at least 1; 31 by default, all of {@code WidthScale.even(0.1, 31)}. */
        public Builder most(int value) {
            most = value;
            return this;
        }

        /** Of all draws; 0 by default. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * The search.
         *
         * @throws IllegalArgumentException if a number is out of range
         */
        public EvolutionSearch build() {
            return new EvolutionSearch(population, iterations, parents, mutations, chance, crossovers, most, seed);
        }
    }
}
