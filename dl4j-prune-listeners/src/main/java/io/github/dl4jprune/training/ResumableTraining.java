package io.github.dl4jprune.training;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Trains a network epoch by epoch so that the run can be cut short at any iteration and go on from its last checkpoint:
 * with the same batches and settings the rest is bit for bit what it would have been.
 *
 * <p>For that, what is random while training (dropout, noise) is seeded anew before every iteration from the seed and the
 * number of the iteration, and checkpoints are made between two iterations, when counters have moved and constraints have
 * been applied. Listeners must bring back their own state.
 *
 * @param epochs how many in all, at least 1
 * @param updater a new updater for every layer that trains
 * @param weightDecay L2 coefficient of weights
 * @param learningRate at the first iteration
 * @param schedule how the learning rate moves over the whole run
 * @param seed of dropout and noise
 * @param checkpointEvery iterations from one checkpoint to the next; 0: none
 * @param checkpoint what keeps the run
 * @param validation accuracy of a network on data that it does not train on; gives NaN where there is none
 * @param sparsity what listeners had pruned at the last iteration
 */
public record ResumableTraining(
        int epochs,
        Supplier<IUpdater> updater,
        double weightDecay,
        double learningRate,
        LearningRateSchedule schedule,
        long seed,
        int checkpointEvery,
        TrainingCheckpoint checkpoint,
        ToDoubleFunction<Model> validation,
        DoubleSupplier sparsity) {
    /** Checks the ranges. */
    public ResumableTraining {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        if (checkpointEvery < 0) {
            throw new IllegalArgumentException(
                    "iterations between checkpoints must be at least 0, got " + checkpointEvery);
        }
    }

    /** A trained network and how it came about. */
    public record Outcome<M extends Model>(M network, List<EpochResult> epochs) {
        /** Copies the list. */
        public Outcome {
            epochs = List.copyOf(epochs);
        }
    }

    /**
     * Trains a copy of a network.
     *
     * @param network what to start from or, to go on, the network of a checkpoint with its updater state; not changed
     * @param position where that is
     * @param batches the training data
     * @param listen attaches listeners to the network that trains, before its first iteration
     * @param progress hears of every iteration and epoch
     * @throws IllegalStateException if the loss becomes infinite or NaN
     */
    public <M extends Model> Outcome<M> run(
            M network,
            TrainingPosition position,
            TrainingBatches batches,
            Consumer<Model> listen,
            TrainingProgress progress) {
        UpdaterSetting updaters = new UpdaterSetting(updater, weightDecay);
        Network trained = Network.of(network).copy(updaters);
        if (!position.equals(TrainingPosition.START)) {
            state(trained.model()).ifPresent(copy -> state(network).ifPresent(copy::assign));
        }
        listen.accept(trained.model());
        TrainingPosition now = position;
        MeteredRun meter = new MeteredRun(this, trained, updaters, batches.perEpoch(), progress);
        while (now.epoch() < epochs) {
            now = meter.epoch(now, batches.from(now.epoch(), now.batch()));
        }
        updaters.learningRate(learningRate);
        trained.replaceListeners(List.of());
        @SuppressWarnings("unchecked") // Network.copy keeps the type of network
        M result = (M) trained.model();
        return new Outcome<>(result, now.finished());
    }

    /**
     * A copy of a network with one updater for every layer that trains, whose learning rate follows a schedule that plain
     * DL4J knows; for training by other means than this class.
     *
     * @param network left unchanged
     * @param updater a new updater for every layer that trains
     * @param weightDecay L2 coefficient of weights
     * @param schedule of the learning rate
     * @return same weights, counters and frozen layers; fresh updater state, no listeners
     */
    public static <M extends Model> M withUpdater(
            M network, Supplier<IUpdater> updater, double weightDecay, ISchedule schedule) {
        UpdaterSetting updaters = new UpdaterSetting(
                () -> {
                    IUpdater made = updater.get();
                    if (made.hasLearningRate()) {
                        made.setLrAndSchedule(schedule.valueAt(0, 0), schedule);
                    }
                    return made;
                },
                weightDecay);
        @SuppressWarnings("unchecked") // Network.copy keeps the type of network
        M copy = (M) Network.of(network).copy(updaters).model();
        return copy;
    }

    private static Optional<INDArray> state(Model model) {
        INDArray state = model instanceof MultiLayerNetwork layered
                ? layered.getUpdater().getStateViewArray()
                : ((ComputationGraph) model).getUpdater().getStateViewArray();
        return Optional.ofNullable(state);
    }
}
