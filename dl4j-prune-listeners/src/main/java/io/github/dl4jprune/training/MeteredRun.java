package io.github.dl4jprune.training;

import io.github.dl4jprune.listeners.SeededIterations;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The epochs of one {@link ResumableTraining}: what happens between iterations. */
final class MeteredRun {
    private final ResumableTraining settings;
    private final Network network;
    private final UpdaterSetting updaters;
    private final int perEpoch;
    private final TrainingProgress progress;
    private final Pace pace = new Pace(System::nanoTime);
    private int examples;
    private TrainingPosition now = TrainingPosition.START;

    MeteredRun(
            ResumableTraining settings,
            Network network,
            UpdaterSetting updaters,
            int perEpoch,
            TrainingProgress progress) {
        this.settings = settings;
        this.network = network;
        this.updaters = updaters;
        this.perEpoch = perEpoch;
        this.progress = progress;
    }

    /** Trains what is left of an epoch and says where the next begins. */
    TrainingPosition epoch(TrainingPosition position, DataSetIterator batches) {
        now = position;
        network.fit(new SteppedIterator(batches, this::beforeBatch, this::afterBatch));
        TrainingStatus status = status();
        Divergence.refuse(network.model(), status, "learning rate " + settings.learningRate());
        double sparsity = settings.sparsity().getAsDouble();
        now = now.afterEpoch(settings.validation().applyAsDouble(network.model()), sparsity);
        progress.epochDone(status);
        saveIfDue();
        return now;
    }

    private void beforeBatch(DataSet batch) {
        examples = batch.numExamples();
        long iteration = iterations();
        updaters.learningRate(
                settings.schedule().rate(settings.learningRate(), iteration, (long) perEpoch * settings.epochs()));
        SeededIterations.seed(settings.seed(), iteration);
    }

    private void afterBatch() {
        now = now.afterBatch(network.model().score());
        pace.iteration(examples);
        progress.iterationDone(status());
        if (now.batch() < perEpoch) {
            saveIfDue();
        }
    }

    private void saveIfDue() {
        int every = settings.checkpointEvery();
        if (every > 0 && iterations() % every == 0) {
            settings.checkpoint().save(network.model(), iterations(), now);
        }
    }

    private long iterations() {
        return (long) now.epoch() * perEpoch + now.batch();
    }

    private TrainingStatus status() {
        return pace.status(
                now.epoch() + 1,
                settings.epochs(),
                iterations(),
                (long) perEpoch * settings.epochs(),
                now.lossSum() / Math.max(1, now.batch()));
    }
}
