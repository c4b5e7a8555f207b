package io.github.dl4jprune.training;

import io.github.dl4jprune.search.NetworkFitness;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Fitness for {@link io.github.dl4jprune.search.WidthSearch}: the accuracy on validation data after a short training on others. A training that
 * diverges is worth 0.
 *
 * <p>Training data are made anew for every candidate, so that all see the same batches in the same order, whatever was
 * trained before: with a {@link FineTuning#seed() seed} the same network gets the same value. Cost of a candidate: the training, and
 * one inference pass over the validation data.
 *
 * @param training how candidates are trained
 * @param train gives training data from their beginning, equal ones at each call
 * @param validation data that nothing is trained on and that are no test data; reset before use
 */
public record TrainedAccuracy(
        FineTuning training, Supplier<? extends DataSetIterator> train, DataSetIterator validation)
        implements NetworkFitness {
    private static final int EPOCHS = 2;

    /** Checks that validation data can be used again. */
    public TrainedAccuracy {
        if (!validation.resetSupported()) {
            throw new IllegalArgumentException("validation data must support reset");
        }
    }

    /**
     * Two epochs at 0.01, constant, momentum 0.9, weight decay 5e-4: the training of ABCPruner's published code.
     *
     * @param train as in the record
     * @param validation as in the record
     * @param seed of dropout and noise
     */
    public static TrainedAccuracy of(Supplier<? extends DataSetIterator> train, DataSetIterator validation, long seed) {
        FineTuning training = new FineTuning.Builder()
                .epochs(EPOCHS)
                .schedule(LearningRateSchedule.CONSTANT)
                .seed(seed)
                .build();
        return new TrainedAccuracy(training, train, validation);
    }

    @Override
    public double of(Model network) {
        try {
            Model trained = training.fit(network, train.get(), TrainingProgress.none());
            return ModelEvaluation.of(trained, validation).accuracy();
        } catch (TrainingDivergedException e) {
            return 0;
        }
    }
}
