package io.github.dl4jprune.training;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Trains a network on after pruning: stochastic gradient descent with Nesterov momentum, weight decay and a learning
 * rate that falls along a cosine, the recipe of most pruning papers. The defaults are one epoch at 0.01, cosine,
 * momentum 0.9, weight decay 5e-4.
 *
 * <p><b>What changes.</b> The result is a new network; the one given is not touched. It has the same weights to start
 * with, the same iteration and epoch counts and the same listeners, and the hyper-parameters of this run: every layer
 * that trains gets the same updater with fresh state (momentum gathered under another learning rate means nothing
 * here), and keeps it, at the initial learning rate, when the run is over. Plain DL4J opens the saved result.
 *
 * <p><b>What stays.</b> Frozen layers; layers (or biases) whose updater is {@code NoOp} or has a learning rate of
 * exactly zero; gradient clipping, dropout, constraints and L1; the running statistics of batch normalisation, which
 * keep their own decay.
 *
 * <p><b>Weight decay</b> is the L2 term {@code g + d w} before momentum, as in PyTorch's SGD, in place of any L2 or weight
 * decay that the layer had. It applies to weights only: never to biases, nor to batch normalisation, for which DL4J
 * has no regularisation. (PyTorch's common recipes decay those too.)
 *
 * <p>Batches come as the iterator makes them: batch size, shuffling and augmentation are its business.
 *
 * @param epochs passes over the data, {@code >= 0}; 0 only recalibrates
 * @param learningRate rate at the first iteration, positive
 * @param schedule how the rate moves over the whole run
 * @param momentum Nesterov momentum in [0, 1); 0 is plain gradient descent
 * @param weightDecay {@code d >= 0}
 * @param batchesPerEpoch how many batches the iterator gives an epoch; if empty they are counted, which costs one
 *     pass over it
 * @param seed what ND4J's generator is seeded with at the start, for dropout and noise; if empty it is left alone
 * @param distillation the teacher, if any
 * @param recalibration re-estimates batch-norm statistics at the end, if present
 */
public record FineTuning(
        int epochs,
        double learningRate,
        LearningRateSchedule schedule,
        double momentum,
        double weightDecay,
        OptionalInt batchesPerEpoch,
        OptionalLong seed,
        Optional<Distillation> distillation,
        Optional<BatchNormRecalibration> recalibration) {

    /** Checks the ranges. */
    public FineTuning {
        require(epochs >= 0, "epochs must be at least 0, got " + epochs);
        require(
                learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
                "learning rate must be positive and finite, got " + learningRate);
        require(momentum >= 0 && momentum < 1, "momentum must be in [0, 1), got " + momentum);
        require(
                weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY,
                "weight decay must be at least 0 and finite, got " + weightDecay);
        require(
                batchesPerEpoch.orElse(1) >= 1,
                "batches per epoch must be at least 1, got " + batchesPerEpoch.orElse(1));
        Objects.requireNonNull(schedule, "schedule");
    }

    /**
     * Trains a copy of a network.
     *
     * @param <M> MultiLayerNetwork or ComputationGraph
     * @param network what to start from, with one input and one output; not changed
     * @param train the training data; must support reset for more than one epoch
     * @param progress hears of every iteration and epoch
     * @return the trained network
     * @throws IllegalArgumentException if there are no data, or the network cannot be trained or distilled
     * @throws TrainingDivergedException if the loss or a parameter becomes infinite or NaN
     */
    public <M extends Model> M fit(M network, DataSetIterator train, TrainingProgress progress) {
        Network original = Network.of(network);
        UpdaterSetting updaters = new UpdaterSetting(learningRate, momentum, weightDecay);
        Network trained = original.copy(updaters);
        seed.ifPresent(Nd4j.getRandom()::setSeed);
        if (epochs > 0) {
            run(original, trained, updaters, train, progress);
        }
        trained.replaceListeners(original.listeners());
        recalibration.ifPresent(statistics -> statistics.apply(trained.model(), train));
        @SuppressWarnings("unchecked") // Network.copy keeps the type of network
        M result = (M) trained.model();
        return result;
    }

    private void run(
            Network original,
            Network trained,
            UpdaterSetting updaters,
            DataSetIterator train,
            TrainingProgress progress) {
        require(epochs == 1 || train.resetSupported(), "training data must support reset for " + epochs + " epochs");
        long batches = batchesPerEpoch.isPresent() ? batchesPerEpoch.getAsInt() : count(train);
        OutputHead head = OutputHead.of(trained);
        Optional<ILossFunction> replaced = distillation.map(teacher -> teacher.begin(head));
        DataSetIterator taught =
                distillation.map(teacher -> teacher.teach(train)).orElse(train);
        var listeners = original.listeners();
        listeners.add(new TrainingMeter(this, batches, updaters, progress, System::nanoTime));
        trained.replaceListeners(listeners);
        for (int epoch = 0; epoch < epochs; epoch++) {
            if (taught.resetSupported()) {
                taught.reset();
            }
            trained.fit(taught);
        }
        replaced.ifPresent(head::replaceLoss);
        updaters.learningRate(learningRate);
    }

    private static long count(DataSetIterator train) {
        require(train.resetSupported(), "training data must support reset, unless batchesPerEpoch is set");
        train.reset();
        long batches = 0;
        while (train.hasNext()) {
            train.next();
            batches++;
        }
        require(batches > 0, "training data must hold at least one batch, got none");
        return batches;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private int epochs = 1;
        private double learningRate = 0.01;
        private LearningRateSchedule schedule = LearningRateSchedule.COSINE;
        private double momentum = 0.9;
        private double weightDecay = 5e-4;
        private OptionalInt batchesPerEpoch = OptionalInt.empty();
        private OptionalLong seed = OptionalLong.empty();
        private Optional<Distillation> distillation = Optional.empty();
        private Optional<BatchNormRecalibration> recalibration = Optional.empty();

        /** Passes over the data, {@code >= 0}; 1 by default. */
        public Builder epochs(int epochs) {
            this.epochs = epochs;
            return this;
        }

        /** Rate at the first iteration, positive; 0.01 by default. */
        public Builder learningRate(double learningRate) {
            this.learningRate = learningRate;
            return this;
        }

        /** How the rate moves; cosine by default. */
        public Builder schedule(LearningRateSchedule schedule) {
            this.schedule = schedule;
            return this;
        }

        /** Nesterov momentum in [0, 1); 0.9 by default. */
        public Builder momentum(double momentum) {
            this.momentum = momentum;
            return this;
        }

        /** L2 coefficient {@code >= 0} of weights; 5e-4 by default. */
        public Builder weightDecay(double weightDecay) {
            this.weightDecay = weightDecay;
            return this;
        }

        /** Batches the iterator gives an epoch, {@code >= 1}; counted by default. */
        public Builder batchesPerEpoch(int batchesPerEpoch) {
            this.batchesPerEpoch = OptionalInt.of(batchesPerEpoch);
            return this;
        }

        /** Seed of ND4J's generator; left alone by default. */
        public Builder seed(long seed) {
            this.seed = OptionalLong.of(seed);
            return this;
        }

        /** Learns from a teacher too; none by default. */
        public Builder distillation(Distillation distillation) {
            this.distillation = Optional.of(distillation);
            return this;
        }

        /** Re-estimates batch-norm statistics at the end; not done by default. */
        public Builder recalibration(BatchNormRecalibration recalibration) {
            this.recalibration = Optional.of(recalibration);
            return this;
        }

        /**
         * The configuration.
         *
         * @return an immutable record
         * @throws IllegalArgumentException if a value is out of range
         */
        public FineTuning build() {
            return new FineTuning(
                    epochs,
                    learningRate,
                    schedule,
                    momentum,
                    weightDecay,
                    batchesPerEpoch,
                    seed,
                    distillation,
                    recalibration);
        }
    }
}
