package io.github.dl4jprune.training;

import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A {@link FineTuning} that can be cut short at any iteration and go on from its last checkpoint: with the same batches and
 * settings the rest is bit for bit what it would have been. What is random while training (dropout, noise) is seeded before
 * every iteration from the seed of the settings, or 0, and the number of the iteration; otherwise it trains as
 * {@link FineTuning#fit} does, to the bit.
 *
 * <p>A checkpoint holds the network with its own loss, also while it learns from a teacher, and no class of this library.
 *
 * @param settings what to do; its number of batches is that of {@code batches}
 * @param batches the training data
 * @param progress hears of every iteration and epoch
 * @param checkpointEvery iterations from one checkpoint to the next; 0: none
 * @param checkpoint what keeps the run
 */
public record ResumableFineTuning(
        FineTuning settings,
        TrainingBatches batches,
        TrainingProgress progress,
        int checkpointEvery,
        TrainingCheckpoint checkpoint) {

    /**
     * Trains a copy of a network to the end.
     *
     * @param network what to start from or, to go on, the network of a checkpoint with its updater state; not changed
     * @param position where that is
     * @return the trained network, with the listeners of {@code network}, and what every epoch came to
     * @throws IllegalArgumentException if the network cannot be trained or distilled
     * @throws TrainingDivergedException if the loss or a parameter becomes infinite or NaN
     */
    public <M extends Model> ResumableTraining.Outcome<M> run(M network, TrainingPosition position) {
        if (settings.epochs() == 0) {
            M recalibrated = settings.fit(network, batches.from(0, 0), progress);
            return new ResumableTraining.Outcome<>(recalibrated, List.of());
        }
        DistilledRun lesson = new DistilledRun(settings.distillation());
        Collection<TrainingListener> listeners = Network.of(network).listeners();
        ResumableTraining.Outcome<M> outcome = training(lesson)
                .run(
                        network,
                        position,
                        lesson.taught(batches),
                        student -> {
                            lesson.begin(student);
                            Network.of(student).replaceListeners(listeners);
                        },
                        progress);
        lesson.end();
        Network.of(outcome.network()).replaceListeners(listeners);
        settings.recalibration()
                .ifPresent(statistics -> statistics.apply(outcome.network(), batches.from(settings.epochs(), 0)));
        return outcome;
    }

    private ResumableTraining training(DistilledRun lesson) {
        return new ResumableTraining(
                settings.epochs(),
                () -> settings.momentum() == 0
                        ? new Sgd(settings.learningRate())
                        : new Nesterovs(settings.learningRate(), settings.momentum()),
                settings.weightDecay(),
                settings.learningRate(),
                settings.schedule(),
                settings.seed().orElse(0),
                checkpointEvery,
                lesson.keepingOwnLoss(checkpoint),
                model -> Double.NaN,
                () -> 0);
    }
}
