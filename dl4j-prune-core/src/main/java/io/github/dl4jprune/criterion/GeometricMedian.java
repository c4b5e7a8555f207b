package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How far a filter is from all others of its layer, {@code g(j) = sum over i of d(F_i, F_j)}. The filter with the
 * smallest sum lies nearest to the layer's geometric median, so the others can best stand in for it: what is pruned is
 * the redundant rather than the small.
 *
 * <p>With {@link Distance#COSINE} the distance is one <em>minus</em> the similarity. The code published with the paper
 * has a cosine branch, which no option reaches, that sums similarities and would prune the smallest sum, the filter least
 * like the others; here, as with the other distances, the filter most like the others goes first.
 *
 * <p>For n filters of d weights: Euclidean {@code n^2 d} multiply-adds in one blocked matrix product, and directly for
 * pairs so near that the product would lose their digits; city-block {@code d n log n}; cosine {@code n d}. Memory: one
 * or two copies of the weights in DOUBLE.
 *
 * @param distance which distance is summed
 * @see <a href="https://arxiv.org/abs/1811.00250">He et al. (2019), Filter Pruning via Geometric Median, equation 5</a>
 */
public record GeometricMedian(Distance distance) implements FilterCriterion {
    /** The criterion of the paper, with the Euclidean distance. */
    public GeometricMedian() {
        this(Distance.EUCLIDEAN);
    }

    @Override
    public String name() {
        return "geometric-median" + distance.suffix();
    }

    @Override
    public INDArray score(INDArray filters) {
        return Scores.of(distance.sums(Scores.rows("filters", filters)), filters.dataType());
    }
}
