package io.github.dl4jprune.models;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * What can be chosen when an {@link Architecture} is built: {@code new ModelOptions.Builder().seed(7).build()}.
 *
 * <p>Weight decay is the one of the published training recipes, {@code gradient + weightDecay * w} before the updater
 * (DL4J: L2 regularisation), on the weights of convolutions and dense layers alone: never on biases, batch normalisation
 * or fixed weights. DL4J's {@code WeightDecay} is another thing: it acts after the updater, past the momentum, and would
 * with momentum 0.9 pull ten times more weakly at the same coefficient.
 *
 * @param seed of the weight initialisation
 * @param classes number of outputs, at least 2
 * @param dataType {@code FLOAT} or {@code DOUBLE}, of parameters and activations
 * @param updater of all trained parameters; copied on use
 * @param weightDecay coefficient, {@code >= 0}
 */
public record ModelOptions(long seed, int classes, DataType dataType, IUpdater updater, double weightDecay) {
    /** Checks the ranges. */
    public ModelOptions {
        if (classes < 2) {
            throw new IllegalArgumentException("classes must be >= 2, got " + classes);
        }
        if (dataType != DataType.FLOAT && dataType != DataType.DOUBLE) {
            throw new IllegalArgumentException("data type must be FLOAT or DOUBLE, got " + dataType);
        }
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) { // negated, so NaN is refused too
            throw new IllegalArgumentException("weight decay must be finite and >= 0, got " + weightDecay);
        }
    }

    /**
     * Ten classes, FLOAT, Nesterov momentum 0.9, weight decay 5e-4, seed 42; learning rate 0.01, at which networks with and
     * without batch normalisation train. The published recipes begin at 0.1 and lower it in steps.
     */
    public static ModelOptions defaults() {
        return new Builder().build();
    }

    /** Collects the options; each has the default that {@link ModelOptions#defaults()} names. */
    public static final class Builder {
        private long seed = 42;
        private int classes = 10;
        private DataType dataType = DataType.FLOAT;
        private IUpdater updater = new Nesterovs(0.01, 0.9);
        private double weightDecay = 5e-4;

        /**
         * Sets the seed of the weight initialisation.
         *
         * @param seed any number
         * @return this
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Sets the number of outputs.
         *
         * @param classes at least 2
         * @return this
         */
        public Builder classes(int classes) {
            this.classes = classes;
            return this;
        }

        /**
         * Sets the type of parameters and activations.
         *
         * @param dataType {@code FLOAT} or {@code DOUBLE}
         * @return this
         */
        public Builder dataType(DataType dataType) {
            this.dataType = dataType;
            return this;
        }

        /**
         * Sets the updater of all trained parameters.
         *
         * @param updater any; copied on use
         * @return this
         */
        public Builder updater(IUpdater updater) {
            this.updater = updater;
            return this;
        }

        /**
         * Sets the weight decay of convolution and dense weights.
         *
         * @param weightDecay coefficient, {@code >= 0}
         * @return this
         */
        public Builder weightDecay(double weightDecay) {
            this.weightDecay = weightDecay;
            return this;
        }

        /**
         * Checks and freezes the options.
         *
         * @return the options
         * @throws IllegalArgumentException if a value is out of its range
         */
        public ModelOptions build() {
            return new ModelOptions(seed, classes, dataType, updater, weightDecay);
        }
    }
}
