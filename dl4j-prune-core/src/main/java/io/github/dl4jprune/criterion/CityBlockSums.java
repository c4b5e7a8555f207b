package io.github.dl4jprune.criterion;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Sums of city-block distances without looking at pairs: the sum over weights can be taken outside the sum over filters,
 * and for a single weight the sum of {@code |x - y|} over all y follows from the sorted values by adding up gaps. Only
 * gaps, none of them negative, are added, so nothing cancels. Columns are worked on in parallel, in chunks whose sums are
 * added in a fixed order: the result does not depend on the number of threads.
 */
final class CityBlockSums {
    private static final int CHUNK = 256;

    private CityBlockSums() {}

    static double[] of(INDArray rows) {
        int columns = Math.toIntExact(rows.columns());
        int height = Math.toIntExact(rows.rows());
        List<double[]> chunks = IntStream.iterate(0, start -> start < columns, start -> start + CHUNK)
                .mapToObj(start -> chunk(rows, start, Math.min(start + CHUNK, columns)))
                .toList();
        double[] total = new double[height];
        for (double[] part :
                chunks.parallelStream().map(chunk -> sums(chunk, height)).toList()) {
            for (int row = 0; row < height; row++) {
                total[row] += part[row];
            }
        }
        return total;
    }

    private static double[] chunk(INDArray rows, int start, int end) {
        return Scores.columnMajor(rows.get(NDArrayIndex.all(), NDArrayIndex.interval(start, end)));
    }

    private static double[] sums(double[] chunk, int height) {
        double[] sums = new double[height];
        for (int start = 0; start < chunk.length; start += height) {
            double[] sorted = Arrays.copyOfRange(chunk, start, start + height);
            Arrays.sort(sorted);
            double[] sumAtRank = sumAtRank(sorted);
            for (int row = 0; row < height; row++) {
                sums[row] += sumAtRank[Arrays.binarySearch(sorted, chunk[start + row])];
            }
        }
        return sums;
    }

    private static double[] sumAtRank(double[] sorted) {
        int last = sorted.length - 1;
        double[] sums = new double[sorted.length];
        double below = 0;
        for (int rank = 1; rank <= last; rank++) {
            below += rank * (sorted[rank] - sorted[rank - 1]);
            sums[rank] = below;
        }
        double above = 0;
        for (int rank = last - 1; rank >= 0; rank--) {
            above += (last - rank) * (sorted[rank + 1] - sorted[rank]);
            sums[rank] += above;
        }
        return sums;
    }
}
