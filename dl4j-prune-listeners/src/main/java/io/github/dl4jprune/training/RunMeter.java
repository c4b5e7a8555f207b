package io.github.dl4jprune.training;

import java.time.Duration;
import java.util.Collection;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Trains epochs of a {@link PruningTrainer} and tells its progress. */
final class RunMeter {
    private final TrainingProgress progress;
    private final DataSetIterator train;
    private final int epochs;
    private final long batches;
    private final long start = System.nanoTime();
    private int epoch;
    private long iteration;
    private long examples;

    RunMeter(PruningTrainer settings, DataSetIterator train) {
        this.progress = settings.progress;
        this.train = train;
        this.epochs = settings.steps * settings.epochsPerStep;
        train.reset();
        long count = 0;
        while (train.hasNext()) {
            train.next();
            count++;
        }
        PruningTrainer.require(count > 0, "training data must hold at least one batch, got none");
        this.batches = count;
    }

    void epoch(Network network) {
        epoch++;
        Collection<TrainingListener> before = network.listeners();
        Epoch own = new Epoch();
        Collection<TrainingListener> with = network.listeners();
        with.add(own);
        network.replaceListeners(with);
        train.reset();
        network.fit(train);
        network.replaceListeners(before);
        if (!Double.isFinite(own.loss)) {
            throw new IllegalStateException("training diverged: mean loss of epoch " + epoch + " is " + own.loss);
        }
        progress.epochDone(own.status());
    }

    private final class Epoch extends BaseTrainingListener {
        private double loss;
        private int iterations;

        @Override
        public void iterationDone(Model model, int iterationOfModel, int epochOfModel) {
            iteration++;
            iterations++;
            examples += Network.of(model).batchSize();
            loss += model.score();
            progress.iterationDone(status());
        }

        private TrainingStatus status() {
            long all = Math.max(batches * epochs, iteration);
            double seconds = (System.nanoTime() - start) / 1e9;
            double left = seconds / Math.max(1, iteration) * (all - iteration);
            return new TrainingStatus(
                    epoch,
                    Math.max(epochs, epoch),
                    iteration,
                    all,
                    loss / iterations,
                    seconds > 0 ? examples / seconds : 0,
                    Duration.ofMillis(Math.round(left * 1000)));
        }
    }
}
