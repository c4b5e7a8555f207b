package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A criterion that looks at the scale (gamma) of the batch normalisation that follows a layer. */
public non-sealed interface ScaleCriterion extends Criterion {
    /**
     * Scores every channel of one batch normalisation.
     *
     * @param scale gamma, shape {@code [channels]}, FLOAT or DOUBLE, left untouched
     * @return scores, shape {@code [channels]}, same data type, each {@code >= 0}, never NaN
     */
    INDArray score(INDArray scale);
}
