package io.github.dl4jprune.criterion;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Sums of Euclidean distances from {@code |a - b|^2 = |a|^2 + |b|^2 - 2 a.b}, the products by blocks of rows of the upper
 * triangle. The subtraction cancels the leading digits of near rows, so pairs below {@link #NEAR} are subtracted first
 * and squared after; what remains is good to about {@code 1e-16 sqrt(d) / NEAR}.
 */
final class EuclideanSums {
    /** Squared distance over the sum of squared lengths, below which a pair counts as near. */
    private static final double NEAR = 1e-4;

    private static final int BLOCK = 128;

    private final INDArray rows;
    private final double[] lengths;
    private final double[] sums;
    private final Map<Integer, double[]> fetched = new HashMap<>();

    private EuclideanSums(INDArray rows) {
        this.rows = rows;
        this.lengths = rows.norm2(1).toDoubleVector();
        this.sums = new double[lengths.length];
    }

    static double[] of(INDArray rows) {
        EuclideanSums work = new EuclideanSums(rows);
        for (int start = 0; start < work.sums.length; start += BLOCK) {
            work.addBlock(start, Math.min(start + BLOCK, work.sums.length));
        }
        return work.sums;
    }

    private void addBlock(int start, int end) {
        INDArray block = rows.get(NDArrayIndex.interval(start, end), NDArrayIndex.all());
        INDArray rest = rows.get(NDArrayIndex.interval(start, sums.length), NDArrayIndex.all());
        double[] products = Scores.columnMajor(Nd4j.gemm(rest, block, false, true));
        for (int i = start; i < end; i++) {
            int column = (i - start) * (sums.length - start);
            for (int j = i + 1; j < sums.length; j++) {
                double distance = distance(i, j, products[column + j - start]);
                sums[i] += distance;
                sums[j] += distance;
            }
        }
    }

    private double distance(int i, int j, double product) {
        double scale = lengths[i] * lengths[i] + lengths[j] * lengths[j];
        double squared = scale - 2 * product;
        return squared < NEAR * scale ? nearDistance(row(i), row(j)) : Math.sqrt(squared);
    }

    private double[] row(int index) {
        return fetched.computeIfAbsent(
                index, i -> rows.get(NDArrayIndex.point(i), NDArrayIndex.all()).toDoubleVector());
    }

    /** Two sums at a time, as an addition waits for the one before it; this is what a layer of equal filters costs. */
    private static double nearDistance(double[] a, double[] b) {
        double even = 0;
        double odd = 0;
        for (int k = 1; k < a.length; k += 2) {
            double difference = a[k - 1] - b[k - 1];
            double next = a[k] - b[k];
            even += difference * difference;
            odd += next * next;
        }
        if (a.length % 2 == 1) {
            double last = a[a.length - 1] - b[a.length - 1];
            even += last * last;
        }
        return Math.sqrt(even + odd);
    }
}
