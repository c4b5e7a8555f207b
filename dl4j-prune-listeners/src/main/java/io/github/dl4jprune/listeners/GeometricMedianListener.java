package io.github.dl4jprune.listeners;

import io.github.dl4jprune.criterion.NormDistanceMix;
import io.github.dl4jprune.selection.Granularity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Filter pruning via the geometric median, as its authors coded it: of N filters the {@code int(N (1 - normRate))} of
 * smallest norm go first, then, among the rest alone, the {@code int(N distanceRate)} whose distances to the others sum
 * to least. Chosen once, when the listener is attached, and held at 0: the published code chooses again after every
 * epoch, but its pruned filters get no gradient, all coincide at 0, and are chosen again.
 *
 * <p>With channels that several layers produce together, the places of a channel in those layers are averaged.
 *
 * @see NormDistanceMix
 * @see <a href="https://arxiv.org/abs/1811.00250">He et al. (2019), Filter Pruning via Geometric Median</a>
 */
public final class GeometricMedianListener extends PruningListener {
    private static final long serialVersionUID = 1L;

    private GeometricMedianListener(Builder builder) {
        super(builder.target(), Timetable.once());
    }

    @Override
    boolean stepsAtEpochEnd(int epochsDone, Timetable table) {
        return false;
    }

    @Override
    public String toString() {
        return "GeometricMedianListener(sparsity=" + sparsity() + ")";
    }

    /** Collects what differs from the defaults, which are those of the paper: 1.0 kept by norm, 0.4 pruned by distance. */
    public static final class Builder {
        private double normRate = 1.0;
        private double distanceRate = 0.4;
        private final Set<String> ignored = new HashSet<>();

        /** Fraction of the filters that the first stage, by norm, keeps, in (0, 1]. */
        public Builder normRate(double value) {
            normRate = value;
            return this;
        }

        /** Fraction of all filters that the second stage, by distance, prunes, in [0, normRate). */
        public Builder distanceRate(double value) {
            distanceRate = value;
            return this;
        }

        /** Leaves the groups of these layers alone. */
        public Builder ignore(String... names) {
            ignored.addAll(Arrays.asList(names));
            return this;
        }

        /**
         * The listener.
         *
         * @throws IllegalArgumentException if a rate is out of its range
         */
        public GeometricMedianListener build() {
            return new GeometricMedianListener(this);
        }

        private PruningTarget target() {
            return new PruningTarget(
                    Granularity.FILTER,
                    new NormDistanceMix(normRate, distanceRate),
                    OptionalDouble.empty(),
                    Map.of(),
                    ignored,
                    null);
        }
    }
}
