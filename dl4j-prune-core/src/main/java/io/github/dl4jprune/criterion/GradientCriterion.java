package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A criterion that looks at weights and their gradients; the scores of several minibatches are averaged. */
public non-sealed interface GradientCriterion extends Criterion {
    /**
     * Scores every filter of one layer on one minibatch.
     *
     * @param filters one row a channel, shape {@code [channels, weights a filter]}, FLOAT or DOUBLE, left untouched
     * @param gradients gradient of the mean loss with respect to {@code filters}, same shape and type, left untouched
     * @return scores, shape {@code [channels]}, same data type, each {@code >= 0}, never NaN
     */
    INDArray score(INDArray filters, INDArray gradients);
}
