package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The squared first-order change of the loss when a filter becomes zero, {@code (sum over its weights of w dL/dw)^2} on
 * one minibatch; the mean over minibatches is the score. The square is taken after the sum over the filter, because its
 * weights go together, and before the mean over minibatches, so that changes of opposite sign do not cancel. Unit: that
 * of the loss, squared. Time and memory: one pass over weights and gradients.
 *
 * @see <a href="https://arxiv.org/abs/1906.10771">Molchanov et al. (2019), Importance Estimation for Neural Network
 *     Pruning, first-order criterion of a group of parameters</a>
 */
public record Taylor() implements GradientCriterion {
    @Override
    public String name() {
        return "taylor";
    }

    @Override
    public INDArray score(INDArray filters, INDArray gradients) {
        Scores.requireSameShape("filters", filters, "gradients", gradients);
        INDArray change = Scores.rows("filters", filters)
                .mul(Scores.rows("gradients", gradients))
                .sum(1);
        return Scores.of(change.muli(change), filters.dataType());
    }
}
