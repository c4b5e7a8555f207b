package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A criterion that needs the weights alone. */
public non-sealed interface FilterCriterion extends Criterion {
    /**
     * Scores every filter of one layer.
     *
     * @param filters one row a channel, shape {@code [channels, weights a filter]}, FLOAT or DOUBLE, left untouched
     * @return scores, shape {@code [channels]}, same data type, each {@code >= 0}, never NaN
     */
    INDArray score(INDArray filters);
}
