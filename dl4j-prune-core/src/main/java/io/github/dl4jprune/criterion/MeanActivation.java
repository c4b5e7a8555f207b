package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The mean absolute activation of a channel, {@code sum |a| / count} over examples and positions. The paper takes the
 * plain mean of what a ReLU puts out, which is the same number; the absolute value keeps positive and negative outputs of
 * other activation functions from cancelling. Time and memory: one pass over the activations.
 *
 * @see <a href="https://arxiv.org/abs/1611.06440">Molchanov et al. (2017), Pruning Convolutional Neural Networks for
 *     Resource Efficient Inference, section 2.2</a>
 */
public record MeanActivation() implements ActivationCriterion {
    @Override
    public String name() {
        return "mean-activation";
    }

    @Override
    public INDArray score(INDArray activations) {
        INDArray values = Scores.rows("activations", activations);
        // not amean(1), which in ND4J 1.0.0-M2.1 ignores the dimension and gives the mean of all values
        return Scores.of(values.norm1(1).divi(values.columns()), activations.dataType());
    }
}
