package io.github.dl4jprune.training;

import java.util.Locale;

/** How the learning rate moves over a run of {@code n} iterations, counted from 0. */
public enum LearningRateSchedule {
    /** {@code r(i) = r0}. */
    CONSTANT {
        @Override
        public double rate(double initial, long iteration, long iterations) {
            return initial;
        }
    },

    /**
     * {@code r(i) = r0 (1 + cos(pi i / n)) / 2}: the full rate at the first iteration, zero one iteration past the
     * last, changed at every iteration. Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts",
     * ICLR 2017, equation 5 without restarts.
     *
     * @see <a href="https://arxiv.org/abs/1608.03983">arXiv 1608.03983</a>
     */
    COSINE {
        @Override
        public double rate(double initial, long iteration, long iterations) {
            double done = Math.min(1, iteration / (double) iterations);
            return initial * (1 + Math.cos(Math.PI * done)) / 2;
        }
    };

    /**
     * The learning rate of one iteration.
     *
     * @param initial the rate at iteration 0
     * @param iteration {@code >= 0}; past the end the rate stays what it is at the end
     * @param iterations length of the run, {@code >= 1}
     * @return the rate, between 0 and {@code initial}
     */
    public abstract double rate(double initial, long iteration, long iterations);

    /** The name by which the command line and configuration files know this schedule: {@code constant, cosine}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
