package io.github.dl4jprune.criterion;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums of cosine distances without looking at pairs: with unit vectors {@code 1 - u.v = |u - v|^2 / 2}, and summed over m
 * of them with mean c that is {@code (m |u - c|^2 + sum of |v - c|^2) / 2}, in which nothing cancels. Rows of zeros count
 * for nothing and get 0.
 */
final class CosineSums {
    private CosineSums() {}

    static double[] of(INDArray rows) {
        INDArray lengths = rows.norm2(1);
        INDArray isZero = lengths.eq(0).castTo(rows.dataType());
        INDArray isDirected = isZero.rsub(1);
        double directed = isDirected.sumNumber().doubleValue();
        if (directed == 0) {
            return new double[lengths.toDoubleVector().length];
        }
        INDArray units = rows.divColumnVector(lengths.add(isZero));
        INDArray centre = units.sum(0).divi(directed);
        INDArray spread = units.subiRowVector(centre).norm2(1);
        spread.muli(spread).muli(isDirected);
        return spread.mul(directed)
                .addi(spread.sumNumber())
                .muli(0.5)
                .muli(isDirected)
                .toDoubleVector();
    }
}
