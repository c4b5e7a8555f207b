package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A criterion that looks at what a channel puts out, after its activation function; the scores of several minibatches
 * are averaged, weighted by their number of values a channel.
 */
public non-sealed interface ActivationCriterion extends Criterion {
    /**
     * Scores every channel of one layer on one minibatch.
     *
     * @param activations one row a channel, shape {@code [channels, values]} where the values run over examples and
     *     positions, FLOAT or DOUBLE, left untouched
     * @return scores, shape {@code [channels]}, same data type, each {@code >= 0}, never NaN
     */
    INDArray score(INDArray activations);
}
