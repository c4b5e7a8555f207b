package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Euclidean length of a filter, {@code sqrt(sum w^2)}. Time and memory: one pass over the weights.
 *
 * @see <a href="https://arxiv.org/abs/1808.06866">He et al. (2018), Soft Filter Pruning, where it ranks the filters</a>
 */
public record L2Norm() implements FilterCriterion {
    @Override
    public String name() {
        return "l2";
    }

    @Override
    public INDArray score(INDArray filters) {
        return Scores.of(Scores.rows("filters", filters).norm2(1), filters.dataType());
    }
}
