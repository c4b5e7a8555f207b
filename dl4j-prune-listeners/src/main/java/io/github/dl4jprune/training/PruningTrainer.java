package io.github.dl4jprune.training;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.listeners.SeededIterations;
import io.github.dl4jprune.schedule.LinearSparsity;
import io.github.dl4jprune.schedule.Steps;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Trains and prunes in turns, and cuts what is pruned out of the network between the turns, which a listener cannot: the
 * network becomes smaller and its training faster with every step.
 *
 * <p>A step cuts channels with {@link Pruner} (updater state carried over, masked and shrunk network compared), estimates
 * batch-norm statistics anew, and trains with the network's own updater and listeners. Sparsities are of the widths that the
 * network had at first: 30 % in six steps is 30 %. After every epoch the network is evaluated on the validation data; each
 * step goes on from, and the result is, the network that was best in its step. A step ends early when so many epochs in a row
 * bring nothing better.
 *
 * <p><b>Tolerance.</b> A step that ends more than the tolerance worse than the network was before any pruning, by validation
 * accuracy or, with {@link ToleranceMeasure#LOSS}, by validation loss, is undone. The next tries half as much, as often as
 * {@link Builder#backOff} allows; then pruning ends with the last network that was good enough. So pruning goes on while the
 * loss stays within its tolerance, as in Play and Prune, with no sparsity to be given but an upper bound.
 *
 * <pre>{@code
 * PrunedTraining<ComputationGraph> result = new PruningTrainer.Builder()
 *         .criterion(new GeometricMedian())
 *         .macs(0.5)
 *         .steps(5)
 *         .epochsPerStep(2)
 *         .build()
 *         .train(network, train, validation);
 * }</pre>
 *
 * @see <a href="https://arxiv.org/abs/1905.04446">Singh et al. (2019), Play and Prune: the idea of a tolerance</a>
 */
public final class PruningTrainer {
    final Criterion criterion;
    final OptionalDouble sparsity;
    final OptionalDouble macs;
    final Map<String, Double> layers;
    final Set<String> ignored;
    final int steps;
    final int epochsPerStep;
    final int patience;
    final ToleranceMeasure measure;
    final OptionalDouble tolerance;
    final int backOff;
    final int totalEpochs;
    final OptionalLong seed;
    final ShrinkingCheckpoint checkpoint;
    final Optional<BatchNormRecalibration> recalibration;
    final TrainingProgress progress;
    final List<long[]> inputShapes;
    private final ISchedule schedule;

    private PruningTrainer(Builder builder) {
        criterion = builder.criterion;
        sparsity = builder.sparsity;
        macs = builder.macs;
        layers = Map.copyOf(builder.layers);
        ignored = Set.copyOf(builder.ignored);
        steps = builder.steps;
        epochsPerStep = builder.epochsPerStep;
        patience = builder.patience;
        measure = builder.measure;
        tolerance = builder.tolerance;
        backOff = builder.backOff;
        totalEpochs = builder.totalEpochs;
        seed = builder.seed;
        checkpoint = builder.checkpoint;
        recalibration = builder.recalibration;
        progress = builder.progress;
        inputShapes = builder.inputShapes;
        schedule = builder.schedule == null
                ? new LinearSparsity(0.5, new Steps(ScheduleType.ITERATION, 0, steps, 1))
                : builder.schedule;
        require(
                sparsity.isPresent() || macs.isPresent() || !layers.isEmpty(),
                "target must be set: sparsity, layer or macs");
        require(
                macs.isEmpty() || (sparsity.isEmpty() && layers.isEmpty()),
                "target must be a sparsity or a fraction of multiply-adds, got both");
        sparsity.ifPresent(value -> require(value >= 0 && value < 1, "sparsity must be in [0, 1), got " + value));
        macs.ifPresent(value -> require(value > 0 && value <= 1, "macs must be in (0, 1], got " + value));
        layers.forEach((name, value) ->
                require(value >= 0 && value < 1, "layer \"" + name + "\": sparsity must be in [0, 1), got " + value));
        measure.requireTolerance(tolerance);
    }

    /**
     * Trains and prunes a copy of a network.
     *
     * @param <N> MultiLayerNetwork or ComputationGraph
     * @param network with one input and one output; not changed
     * @param train training data that can be reset
     * @param validation data that decide which network is best; never trained on
     * @return the smaller network and every step on the way
     * @throws IllegalArgumentException if layers are unknown, data are missing or cannot be reset, or the multiply-adds asked
     *     for cannot be reached
     */
    public <N extends Model> PrunedTraining<N> train(N network, DataSetIterator train, DataSetIterator validation) {
        return run(new PruningRun.Reached<>(network, network, ShrinkingPosition.START), train, validation);
    }

    /**
     * Goes on where {@link Builder#checkpoint} kept a run. With the same network, data and settings, the outcome is bit for
     * bit what it would have been, if training draws nothing at random or {@link Builder#seed} is set, and if what a pass
     * of the training data brings depends on nothing but how many there have been.
     *
     * @param <N> MultiLayerNetwork or ComputationGraph
     * @param network what the run began with; its listeners go on
     * @param reached the network that was kept, with its updater state
     * @param position what was kept with it
     * @param train as for {@link #train}, newly made
     * @param validation as for {@link #train}
     * @return as of {@link #train}, with all steps from the beginning
     */
    public <N extends Model> PrunedTraining<N> resume(
            N network, N reached, ShrinkingPosition position, DataSetIterator train, DataSetIterator validation) {
        return run(new PruningRun.Reached<>(network, reached, position), train, validation);
    }

    private <N extends Model> PrunedTraining<N> run(
            PruningRun.Reached<N> from, DataSetIterator train, DataSetIterator validation) {
        require(train.resetSupported(), "training data must support reset");
        return new PruningRun<>(this, from, train, validation).run();
    }

    /** How much of the way to the target a step goes, in [0, 1]; 1 at the last. */
    double fraction(int step) {
        double last = schedule.valueAt(steps, steps);
        double fraction = step >= steps ? 1 : last == 0 ? 0 : schedule.valueAt(step, step) / last;
        require(fraction >= 0 && fraction <= 1, "schedule must rise from 0 to its last value, got " + fraction);
        return fraction;
    }

    /** Seeds ND4J's generator for an epoch, counted from 0, or, negative, for a cut. */
    void seedFor(long part) {
        seed.ifPresent(value -> SeededIterations.seed(value, part));
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Collects what differs from the defaults: L2 norm, five steps of one epoch, statistics from 16 batches. */
    public static final class Builder {
        private Criterion criterion = new L2Norm();
        private OptionalDouble sparsity = OptionalDouble.empty();
        private OptionalDouble macs = OptionalDouble.empty();
        private final Map<String, Double> layers = new HashMap<>();
        private final Set<String> ignored = new HashSet<>();
        private int steps = 5;
        private int epochsPerStep = 1;
        private int patience = Integer.MAX_VALUE;
        private ToleranceMeasure measure = ToleranceMeasure.ACCURACY;
        private OptionalDouble tolerance = OptionalDouble.empty();
        private int backOff;
        private int totalEpochs;
        private OptionalLong seed = OptionalLong.empty();
        private ShrinkingCheckpoint checkpoint = ShrinkingCheckpoint.none();
        private Optional<BatchNormRecalibration> recalibration = Optional.of(new BatchNormRecalibration(16));
        private TrainingProgress progress = TrainingProgress.none();
        private @Nullable ISchedule schedule;
        private List<long[]> inputShapes = List.of();

        /** What ranks the channels; criteria that need data look at the training data. */
        public Builder criterion(Criterion value) {
            criterion = value;
            return this;
        }

        /** Fraction of every group's channels to remove in the end, in [0, 1). */
        public Builder sparsity(double value) {
            sparsity = OptionalDouble.of(value);
            return this;
        }

        /** Fraction of the multiply-adds to leave in the end, in (0, 1]; in place of a sparsity. */
        public Builder macs(double value) {
            macs = OptionalDouble.of(value);
            return this;
        }

        /** Fraction of the channels of one layer's group to remove in the end, in [0, 1). */
        public Builder layer(String name, double value) {
            layers.put(name, value);
            return this;
        }

        /** Leaves the groups of these layers alone. */
        public Builder ignore(String... names) {
            ignored.addAll(Arrays.asList(names));
            return this;
        }

        /** Number of cuts, at least 1. */
        public Builder steps(int value) {
            require(value >= 1, "steps must be at least 1, got " + value);
            steps = value;
            return this;
        }

        /** How far each cut goes: asked for step 1 to the number of steps, as a fraction of its value at the last. */
        public Builder schedule(ISchedule value) {
            schedule = value;
            return this;
        }

        /** Epochs after each cut, at least 0. */
        public Builder epochsPerStep(int value) {
            require(value >= 0, "epochs per step must be at least 0, got " + value);
            epochsPerStep = value;
            return this;
        }

        /** A step ends when so many epochs in a row bring no better accuracy, at least 1; by default never. */
        public Builder patience(int value) {
            require(value >= 1, "patience must be at least 1, got " + value);
            patience = value;
            return this;
        }

        /**
         * How far the accuracy may fall, or the loss rise, from that before any pruning; in the units of {@link #measure}.
         * By default any distance.
         */
        public Builder tolerance(double value) {
            tolerance = OptionalDouble.of(value);
            return this;
        }

        /** Whether validation accuracy or loss tells what is better and what is tolerated; by default accuracy. */
        public Builder measure(ToleranceMeasure value) {
            measure = value;
            return this;
        }

        /** How often a step that fell below the tolerance is tried again with half the cut; by default 0. */
        public Builder backOff(int times) {
            require(times >= 0, "back-off must be at least 0, got " + times);
            backOff = times;
            return this;
        }

        /** Batches from which batch-norm statistics are estimated after each cut; 0 leaves them as they are. */
        public Builder recalibrate(int batches) {
            recalibration = batches == 0 ? Optional.empty() : Optional.of(new BatchNormRecalibration(batches));
            return this;
        }

        /**
         * Epochs in all, at least 0: what the steps leave of them, because pruning ends early or their number does not
         * divide it, trains the result on, as a last step that cuts nothing. Steps are never cut short for it. By default 0.
         */
        public Builder totalEpochs(int value) {
            require(value >= 0, "epochs in all must be at least 0, got " + value);
            totalEpochs = value;
            return this;
        }

        /** Seeds ND4J's generator (dropout, noise) before every cut and epoch, from this and its number; by default never. */
        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        /** Keeps the run after every step that cuts. */
        public Builder checkpoint(ShrinkingCheckpoint value) {
            checkpoint = value;
            return this;
        }

        /** Hears of every iteration and epoch, over all steps. */
        public Builder progress(TrainingProgress value) {
            progress = value;
            return this;
        }

        /** Shape of one example at each input, where the configuration does not tell. */
        public Builder inputShapes(long[]... shapes) {
            inputShapes = List.of(shapes);
            return this;
        }

        /**
         * The trainer.
         *
         * @throws IllegalArgumentException if no target is set, two are, or one is out of range
         */
        public PruningTrainer build() {
            return new PruningTrainer(this);
        }
    }
}
