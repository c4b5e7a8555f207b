package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One minus the average percentage of zeros (APoZ), {@code 1 - zeros / count} over examples and positions: the fraction
 * of values at which a channel fires, so that the channel that is silent most is pruned first. Only exact zeros count;
 * behind an activation function that never gives 0 (sigmoid, tanh, leaky ReLU) all channels score 1, and the criterion
 * tells nothing. Time and memory: one pass over the activations.
 *
 * @see <a href="https://arxiv.org/abs/1607.03250">Hu et al. (2016), Network Trimming, equation 1</a>
 */
public record ApoZ() implements ActivationCriterion {
    @Override
    public String name() {
        return "apoz";
    }

    @Override
    public INDArray score(INDArray activations) {
        INDArray values = Scores.rows("activations", activations);
        return Scores.of(values.neq(0).castTo(values.dataType()).mean(1), activations.dataType());
    }
}
