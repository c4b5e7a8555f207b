package io.github.dl4jprune.generation;

import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * How a {@link PruningNet} is trained: stochastic gradient descent with momentum on random widths, another vector an iteration,
 * at a rate that falls linearly from {@code learningRate} to 0.
 *
 * @param epochs passes over the data, at least 1
 * @param learningRate of the first iteration, above 0
 * @param momentum in [0, 1)
 * @param weightDecay L2 factor on all that is trained, at least 0
 * @param labelSmoothing share of the label spread evenly over all classes, in [0, 1)
 * @param seed of the widths that are drawn
 * @see <a href="https://arxiv.org/abs/1903.10258">Liu et al. (2019), MetaPruning</a>
 */
public record PruningNetTraining(
        int epochs, double learningRate, double momentum, double weightDecay, double labelSmoothing, long seed) {
    /** Checks ranges. */
    public PruningNetTraining {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learning rate must be above 0 and finite, got " + learningRate);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum must be in [0, 1), got " + momentum);
        }
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight decay must be at least 0 and finite, got " + weightDecay);
        }
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("label smoothing must be in [0, 1), got " + labelSmoothing);
        }
    }

    /**
     * Trains.
     *
     * @param net from where it is
     * @param data minibatches; reset before every epoch
     * @param progress hears of every iteration
     * @throws IllegalArgumentException if the data hold no batch or cannot be reset
     * @throws IllegalStateException if a loss is not finite
     */
    public void train(PruningNet<?> net, DataSetIterator data, PruningNetProgress progress) {
        int iterations = epochs * batches(data);
        SplittableRandom random = new SplittableRandom(seed);
        int iteration = 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            data.reset();
            while (data.hasNext()) {
                double rate = learningRate * (1 - iteration / (double) iterations);
                double loss = net.learn(drawn(net.widths(), random), smoothed(data.next()), rate, this);
                iteration++;
                if (!Double.isFinite(loss)) {
                    throw new IllegalStateException("PruningNet: loss of iteration " + iteration
                            + " must be finite, got " + loss + "; lower the learning rate of " + learningRate);
                }
                progress.iterationDone(iteration, iterations, loss);
            }
        }
    }

    private static int batches(DataSetIterator data) {
        if (!data.resetSupported()) {
            throw new IllegalArgumentException("data of a PruningNet must support reset");
        }
        data.reset();
        int batches = 0;
        for (; data.hasNext(); batches++) {
            data.next();
        }
        if (batches == 0) {
            throw new IllegalArgumentException("data of a PruningNet must hold at least one batch, got none");
        }
        return batches;
    }

    private static List<Integer> drawn(Widths widths, SplittableRandom random) {
        return random.ints(widths.dimensions(), 1, widths.levels() + 1).boxed().toList();
    }

    private DataSet smoothed(DataSet batch) {
        if (labelSmoothing == 0) {
            return batch;
        }
        INDArray labels = batch.getLabels();
        INDArray soft = labels.mul(1 - labelSmoothing).addi(labelSmoothing / labels.size(1));
        return new org.nd4j.linalg.dataset.DataSet(
                batch.getFeatures(), soft, batch.getFeaturesMaskArray(), batch.getLabelsMaskArray());
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private int epochs = 1;
        private double learningRate = 0.01;
        private double momentum = 0.9;
        private double weightDecay = 4e-5;
        private double labelSmoothing = 0.1;
        private long seed;

        /** Passes over the data, at least 1; 1 by default. The paper makes 32 to 64, from random weights. */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /** Rate of the first iteration, above 0; 0.01 by default, for weights that are trained already. */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /** In [0, 1); 0.9 by default. */
        public Builder momentum(double value) {
            momentum = value;
            return this;
        }

        /** At least 0; 4e-5 by default, as published. */
        public Builder weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        /** In [0, 1); 0.1 by default, as published. For a softmax over classes; 0 for any other output. */
        public Builder labelSmoothing(double value) {
            labelSmoothing = value;
            return this;
        }

        /** Of all draws; 0 by default. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * The training.
         *
         * @throws IllegalArgumentException if a number is out of range
         */
        public PruningNetTraining build() {
            return new PruningNetTraining(epochs, learningRate, momentum, weightDecay, labelSmoothing, seed);
        }
    }
}
