package io.github.dl4jprune.training;

import java.util.Locale;
import java.util.OptionalDouble;

/** By what a {@link PruningTrainer} tells which network is better, and whether one is still good enough. */
public enum ToleranceMeasure {
    /** Share of validation examples classified correctly: may fall by the tolerance, in [0, 1]. */
    ACCURACY {
        @Override
        double badness(double accuracy, double loss) {
            return -accuracy;
        }

        @Override
        double tieBreak(double accuracy, double loss) {
            return loss;
        }

        @Override
        double largest() {
            return 1;
        }
    },
    /**
     * Mean validation loss: may rise by the tolerance, at least 0, in units of the loss. Finer than accuracy where
     * validation examples are few, and the measure of Play and Prune as this library does it.
     */
    LOSS {
        @Override
        double badness(double accuracy, double loss) {
            return loss;
        }

        @Override
        double tieBreak(double accuracy, double loss) {
            return -accuracy;
        }

        @Override
        double largest() {
            return Double.MAX_VALUE;
        }
    };

    /** What is to be small. */
    abstract double badness(double accuracy, double loss);

    /** What is to be small where that is equal. */
    abstract double tieBreak(double accuracy, double loss);

    /** The largest tolerance. */
    abstract double largest();

    final void requireTolerance(OptionalDouble tolerance) {
        tolerance.ifPresent(value -> PruningTrainer.require(
                value >= 0 && value <= largest(),
                "tolerance must be " + (largest() == 1 ? "in [0, 1]" : "at least 0 and finite") + ", got " + value));
    }

    /** Whether a network is within the tolerance of the one before any pruning; NaN is not. */
    final boolean tolerates(PruningStep before, double accuracy, double loss, double tolerance) {
        return badness(accuracy, loss) <= badness(before.accuracy(), before.loss()) + tolerance;
    }

    /** Whether one network is better than another. */
    final boolean better(ModelEvaluation one, double accuracy, double loss) {
        double own = badness(one.accuracy(), one.loss());
        double other = badness(accuracy, loss);
        return own < other || (own == other && tieBreak(one.accuracy(), one.loss()) < tieBreak(accuracy, loss));
    }

    /** The name in configuration files: lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
