package io.github.dl4jprune.training;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Re-estimates the running mean and variance of every batch normalisation after pruning has changed what flows into
 * it; often most of the accuracy that pruning costs comes back without a single gradient.
 *
 * <p>The data pass forward with all batch normalisations in training mode at once, so each one sees inputs normalised
 * by batch statistics upstream, as in training; dropout and weight noise are off. Over the batches {@code b} of
 * {@code n_b} examples with batch mean {@code m_b} and biased batch variance {@code v_b} (DL4J's running variance is
 * the biased one), channel by channel,
 * <pre>
 * mean     = sum_b n_b m_b / sum_b n_b
 * variance = sum_b n_b v_b / sum_b n_b
 * </pre>
 * which for equal batches is the cumulative average (momentum "none") of other frameworks. A variance below
 * {@value #SMALLEST_VARIANCE}, that of a channel which is constant, is stored as that value, because DL4J keeps
 * {@code log10} of the standard deviation.
 *
 * <p>Weights, updater state, counters and frozen layers are not touched. Cost: one forward pass a batch, with the
 * activations of one batch in memory.
 *
 * @param batches how many batches to use, {@code >= 1}; fewer where the data end sooner
 * @see <a href="https://arxiv.org/abs/2105.07576">Wu and Johnson (2021), section 3: recomputing population statistics</a>
 * @see <a href="https://arxiv.org/abs/2007.02491">Li et al., "EagleEye", ECCV 2020: adaptive batch normalisation after
 *     pruning</a>
 */
public record BatchNormRecalibration(int batches) {
    /** Far below any epsilon in use, and its logarithm is finite in every data type. */
    static final double SMALLEST_VARIANCE = 1e-30;

    /** Checks the range. */
    public BatchNormRecalibration {
        if (!(batches >= 1)) {
            throw new IllegalArgumentException("recalibration batches must be at least 1, got " + batches);
        }
    }

    /**
     * Re-estimates the statistics of a network in place.
     *
     * @param network a MultiLayerNetwork, or a ComputationGraph with one input
     * @param data training data, normalised as for training; reset first where it can be
     * @return how many layers got new statistics: 0 for a network without batch normalisation, which reads no data
     * @throws IllegalArgumentException if the data hold no batch, or the network is of another type
     */
    public int apply(Model network, DataSetIterator data) {
        Network original = Network.of(network);
        Network forward = original.copy(BatchNormRecalibration::silence);
        List<BatchNormStatistics> statistics = new ArrayList<>();
        Layer[] layers = forward.layers();
        for (int i = 0; i < layers.length; i++) {
            if (layers[i] instanceof BatchNormalization observed) {
                statistics.add(new BatchNormStatistics(observed, original.layers()[i]));
            }
        }
        if (!statistics.isEmpty()) {
            observe(forward, data, statistics);
            statistics.forEach(BatchNormStatistics::store);
        }
        return statistics.size();
    }

    private void observe(Network forward, DataSetIterator data, List<BatchNormStatistics> statistics) {
        if (data.resetSupported()) {
            data.reset();
        }
        if (!data.hasNext()) {
            throw new IllegalArgumentException("recalibration data must hold at least one batch, got none");
        }
        for (int batch = 0; batch < batches && data.hasNext(); batch++) {
            DataSet next = data.next();
            forward.forwardForTraining(next);
            statistics.forEach(BatchNormStatistics::add);
        }
    }

    private static void silence(TrainingConfig config) {
        if (config instanceof BaseWrapperLayer wrapper) {
            silence(wrapper.getUnderlying());
        } else if (config instanceof Bidirectional both) {
            silence(both.getFwd());
            silence(both.getBwd());
        }
        if (config instanceof org.deeplearning4j.nn.conf.layers.Layer layer) {
            layer.setIDropout(null);
        }
        if (config instanceof BaseLayer base) {
            base.setWeightNoise(null);
        }
    }
}
