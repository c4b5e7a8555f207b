package io.github.dl4jprune.search;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * An artificial bee colony: a search over vectors of whole numbers for the one of greatest fitness. It knows nothing of
 * networks; {@link WidthSearch} uses it over widths.
 *
 * <p>Food sources are vectors with entries in {@code 1..most}. At first all are drawn at random; then, in every cycle,
 * <ol>
 * <li>employed bees: each source g, with another source h drawn at random, tries a move: some entries become
 *     {@code int(g + R (g - h))}, R uniform in (-1, 1), cut to {@code 1..most}. A better vector replaces the source;
 * <li>onlookers: as many moves again, of sources drawn with probability {@code 0.9 fitness / largest fitness + 0.1};
 * <li>scouts: the source that has failed to get better most often gives way to a random one, if it failed
 *     {@code foodLimit} times.
 * </ol>
 *
 * <p>The same seed and fitness give the same search. Cost: at most {@link #evaluations} evaluations; a vector that comes up
 * again is not evaluated again. Where a vector is not allowed, random entries are lowered until it is.
 *
 * @param sources number of food sources, at least 2
 * @param cycles rounds of employed bees, onlookers and scouts, at least 0
 * @param changes entries that a move changes, at least 1; all, if vectors are shorter
 * @param foodLimit failures after which a source is given up, at least 1
 * @param most largest entry, at least 1
 * @param seed of all draws
 * @see <a href="https://arxiv.org/abs/2001.08565">Lin et al. (2020), Channel Pruning via Automatic Structure Search</a>
 * @see <a href="https://doi.org/10.1007/s10898-007-9149-x">Karaboga and Basturk (2007), where the algorithm is from</a>
 */
public record BeeColony(int sources, int cycles, int changes, int foodLimit, int most, long seed)
        implements WidthStrategy {
    /** Checks ranges. */
    public BeeColony {
        Bounds.atLeast("sources", sources, 2);
        Bounds.atLeast("cycles", cycles, 0);
        Bounds.atLeast("changes", changes, 1);
        Bounds.atLeast("food limit", foodLimit, 1);
        Bounds.atLeast("largest entry", most, 1);
    }

    /** Most evaluations that a search makes: {@code sources (1 + 2 cycles) + cycles}. */
    @Override
    public int evaluations() {
        return sources * (1 + 2 * cycles) + cycles;
    }

    @Override
    public FoodSource search(int length, Predicate<List<Integer>> allowed, ToDoubleFunction<List<Integer>> fitness) {
        Bounds.atLeast("length of vectors", length, 1);
        return new Foraging(this, new VectorSpace(length, most, allowed, seed), fitness).run();
    }

    /** Collects what differs from the defaults: those of the published code. */
    public static final class Builder {
        private int sources = 10;
        private int cycles = 10;
        private int changes = 2;
        private int foodLimit = 5;
        private int most = 9;
        private long seed;

        /** Number of food sources, at least 2; 10 by default. */
        public Builder sources(int value) {
            sources = value;
            return this;
        }

        /** Rounds, at least 0; 10 by default. */
        public Builder cycles(int value) {
            cycles = value;
            return this;
        }

        /** Entries that a move changes, at least 1; 2 by default. */
        public Builder changes(int value) {
            changes = value;
            return this;
        }

        /** Failures after which a source is given up, at least 1; 5 by default. */
        public Builder foodLimit(int value) {
            foodLimit = value;
            return this;
        }

        /** Largest entry, at least 1; 9 by default, in a {@link WidthSearch} nine tenths of the channels. */
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
         * The colony.
         *
         * @throws IllegalArgumentException if a number is out of range
         */
        public BeeColony build() {
            return new BeeColony(sources, cycles, changes, foodLimit, most, seed);
        }
    }
}
