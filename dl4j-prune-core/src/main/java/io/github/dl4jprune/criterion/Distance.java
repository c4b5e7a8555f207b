package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/** How far apart two filters are, for {@link GeometricMedian}. */
public enum Distance {
    /** {@code sqrt(sum (a - b)^2)}: the distance of the geometric median. Cost: one matrix product. */
    EUCLIDEAN(""),

    /** {@code sum |a - b|}: less moved by single large weights. Cost: one sort of the filters for each weight. */
    CITY_BLOCK("-l1"),

    /**
     * {@code 1 - cos(a, b)}, in [0, 2]: compares directions, whatever the lengths. A filter of zeros has none; its
     * distance to every filter is defined as 0, so that it is pruned first. Cost: a few passes over the weights.
     */
    COSINE("-cosine");

    private final String suffix;

    Distance(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }

    /** For every row the sum of its distances to all rows; {@code rows} is DOUBLE and only read. */
    double[] sums(INDArray rows) {
        return switch (this) {
            case EUCLIDEAN -> EuclideanSums.of(rows);
            case CITY_BLOCK -> CityBlockSums.of(rows);
            case COSINE -> CosineSums.of(rows);
        };
    }
}
