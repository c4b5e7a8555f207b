package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of a filter's absolute weights, {@code sum |w|}: a filter of small weights gives weak activations. Time and
 * memory: one pass over the weights.
 *
 * <p>Like every norm it depends on the scale of the weights, which a batch normalisation behind the layer undoes;
 * {@link BnScale} looks there.
 *
 * @see <a href="https://arxiv.org/abs/1608.08710">Li et al. (2017), Pruning Filters for Efficient ConvNets</a>
 */
public record L1Norm() implements FilterCriterion {
    @Override
    public String name() {
        return "l1";
    }

    @Override
    public INDArray score(INDArray filters) {
        return Scores.of(Scores.rows("filters", filters).norm1(1), filters.dataType());
    }
}
