package io.github.dl4jprune.training;

import io.github.dl4jprune.search.NetworkFitness;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Fitness for {@link io.github.dl4jprune.search.WidthSearch} over generated weights: the accuracy on validation data once the statistics of batch
 * normalisation are measured anew, nothing trained. The published code measures them on 100 training batches.
 *
 * @param recalibration on how many batches
 * @param train gives training data from their beginning, equal ones at each call
 * @param validation data that nothing is trained on and that are no test data; reset before use
 */
public record RecalibratedAccuracy(
        BatchNormRecalibration recalibration, Supplier<? extends DataSetIterator> train, DataSetIterator validation)
        implements NetworkFitness {
    /** Checks that validation data can be used again. */
    public RecalibratedAccuracy {
        if (!validation.resetSupported()) {
            throw new IllegalArgumentException("validation data must support reset");
        }
    }

    @Override
    public double of(Model network) {
        recalibration.apply(network, train.get());
        return ModelEvaluation.of(network, validation).accuracy();
    }
}
