package io.github.dl4jprune.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Trains epochs of a {@link PruningTrainer} and tells its progress. */
final class RunMeter {
    private final PruningTrainer settings;
    private final DataSetIterator train;
    private final int epochs;
    private final long batches;
    private final Pace pace = new Pace(System::nanoTime);
    private final List<Double> losses;
    private long iteration;

    RunMeter(PruningTrainer settings, DataSetIterator train, ShrinkingPosition from) {
        this.settings = settings;
        this.train = train;
        this.epochs = Math.max(settings.steps * settings.epochsPerStep, settings.totalEpochs);
        this.losses = new ArrayList<>(from.losses());
        this.iteration = from.iterations();
        train.reset();
        long count = 0;
        while (train.hasNext()) {
            train.next();
            count++;
        }
        PruningTrainer.require(count > 0, "training data must hold at least one batch, got none");
        this.batches = count;
    }

    /** Mean loss of every epoch so far. */
    List<Double> losses() {
        return losses;
    }

    /** Iterations so far. */
    long iterations() {
        return iteration;
    }

    void epoch(Network network) {
        Collection<TrainingListener> before = network.listeners();
        Epoch own = new Epoch(losses.size() + 1);
        Collection<TrainingListener> with = network.listeners();
        with.add(own);
        network.replaceListeners(with);
        settings.seedFor(losses.size());
        train.reset();
        network.fit(train);
        network.replaceListeners(before);
        TrainingStatus status = own.status();
        Divergence.refuse(network.model(), status, "the learning rate of its own updaters");
        losses.add(status.loss());
        settings.progress.epochDone(status);
    }

    private final class Epoch extends BaseTrainingListener {
        private final int number;
        private double loss;
        private int iterations;

        Epoch(int number) {
            this.number = number;
        }

        @Override
        public void iterationDone(Model model, int iterationOfModel, int epochOfModel) {
            iteration++;
            iterations++;
            pace.iteration(Network.of(model).batchSize());
            loss += model.score();
            settings.progress.iterationDone(status());
        }

        private TrainingStatus status() {
            long all = Math.max(batches * epochs, iteration);
            return pace.status(number, Math.max(epochs, number), iteration, all, loss / iterations);
        }
    }
}
