package io.github.dl4jprune.recipe;

import io.github.dl4jprune.schedule.AsymptoticSparsity;
import io.github.dl4jprune.schedule.CosineSparsity;
import io.github.dl4jprune.schedule.CubicSparsity;
import io.github.dl4jprune.schedule.ExponentialSparsity;
import io.github.dl4jprune.schedule.LinearSparsity;
import io.github.dl4jprune.schedule.LogarithmicSparsity;
import io.github.dl4jprune.schedule.OneShotSparsity;
import io.github.dl4jprune.schedule.SparsitySchedule;
import io.github.dl4jprune.schedule.Steps;
import java.util.Locale;

/** The shapes along which sparsity can grow, by their names in configuration files. */
public enum SparsityCurve {
    /** Paddle's logarithm. */
    LOG {
        @Override
        public SparsitySchedule schedule(double bound, Steps steps) {
            return new LogarithmicSparsity(bound, steps);
        }
    },
    /** Cubic, automated gradual pruning. */
    AGP {
        @Override
        public SparsitySchedule schedule(double bound, Steps steps) {
            return new CubicSparsity(0, bound, steps);
        }
    },
    /** A straight line. */
    LINEAR {
        @Override
        public SparsitySchedule schedule(double bound, Steps steps) {
            return new LinearSparsity(bound, steps);
        }
    },
    /** Half a cosine. */
    COSINE {
        @Override
        public SparsitySchedule schedule(double bound, Steps steps) {
            return new CosineSparsity(bound, steps);
        }
    },
    /** An exponential that nears the bound. */
    EXPONENTIAL {
        @Override
        public SparsitySchedule schedule(double bound, Steps steps) {
            return new ExponentialSparsity(bound, steps);
        }
    },
    /** The exponential of asymptotic soft filter pruning. */
    ASFP {
        @Override
        public SparsitySchedule schedule(double bound, Steps steps) {
            return new AsymptoticSparsity(bound, steps);
        }
    },
    /** All at once, at the end of the steps. */
    ONE_SHOT {
        @Override
        public SparsitySchedule schedule(double bound, Steps steps) {
            return new OneShotSparsity(bound, steps.unit(), steps.end());
        }
    };

    /**
     * The schedule of this shape.
     *
     * @param bound sparsity at the end, in [0, 1)
     * @param steps when it changes
     */
    public abstract SparsitySchedule schedule(double bound, Steps steps);

    /** The name in configuration files: lower case, words joined by hyphens. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
