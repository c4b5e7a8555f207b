package io.github.dl4jprune.criterion;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The two stages of "FPGM-mix": of N filters, first the {@code n1 = int(N (1 - normKept))} of smallest Euclidean length;
 * then, among the rest alone, the {@code n2 = int(N distancePruned)} of smallest sum of Euclidean distances. Here int
 * truncates and N is the width before either stage, as in the published code; so with 10 filters and 0.9 kept no filter
 * goes by its length, for {@code 10 (1 - 0.9)} is just below 1 in floating point.
 *
 * <p>A selection in two stages is not a measure, so the score is a place: {@code r / N} for the filter that would be
 * removed r-th (from 0), the first stage by length, everything else by distance; equal keys go by position. Pruning the
 * lowest {@link #pruned} filters removes exactly the set of the mix. Scores of different layers compare places, not sizes.
 *
 * @param normKept fraction of the filters that the first stage keeps, in (0, 1]; 1 switches it off
 * @param distancePruned fraction of all filters that the second stage removes, in [0, normKept)
 * @see <a href="https://arxiv.org/abs/1811.00250">He et al. (2019), Filter Pruning via Geometric Median; 40 % of its
 *     "mix" is 0.9 and 0.3 in the text, 0.7 and 0.1 in the published scripts</a>
 */
public record NormDistanceMix(double normKept, double distancePruned) implements FilterCriterion {
    /** Checks the two fractions. */
    public NormDistanceMix {
        if (!(normKept > 0 && normKept <= 1)) {
            throw new IllegalArgumentException("normKept must be in (0, 1], got " + normKept);
        }
        if (!(distancePruned >= 0 && distancePruned < normKept)) {
            throw new IllegalArgumentException(
                    "distancePruned must be in [0, normKept = " + normKept + "), got " + distancePruned);
        }
    }

    @Override
    public String name() {
        return "norm-distance-mix(" + normKept + ", " + distancePruned + ")";
    }

    /**
     * How many of a layer's filters the mix removes.
     *
     * @param filters width of the layer, at least 1
     * @return {@code n1 + n2}, less than {@code filters}
     */
    public int pruned(int filters) {
        return prunedByNorm(filters) + (int) (filters * distancePruned);
    }

    @Override
    public INDArray score(INDArray filters) {
        INDArray rows = Scores.rows("filters", filters);
        double[] lengths = Scores.requireFinite(rows.norm2(1).toDoubleVector());
        List<Integer> byLength = sorted(IntStream.range(0, lengths.length).boxed(), lengths);
        int byNorm = prunedByNorm(lengths.length);
        int[] rest = byLength.stream().skip(byNorm).mapToInt(i -> i).sorted().toArray();
        double[] distances = new double[lengths.length];
        double[] restDistances = EuclideanSums.of(Nd4j.pullRows(rows, 1, rest));
        for (int i = 0; i < rest.length; i++) {
            distances[rest[i]] = restDistances[i];
        }
        List<Integer> order = Stream.concat(
                        byLength.stream().limit(byNorm),
                        sorted(IntStream.of(rest).boxed(), distances).stream())
                .toList();
        double[] places = new double[lengths.length];
        for (int place = 0; place < places.length; place++) {
            places[order.get(place)] = (double) place / places.length;
        }
        return Scores.of(places, filters.dataType());
    }

    private int prunedByNorm(int filters) {
        return (int) (filters * (1 - normKept));
    }

    private static List<Integer> sorted(Stream<Integer> indices, double[] keys) {
        return indices.sorted(Comparator.comparingDouble(i -> keys[i])).collect(Collectors.toList());
    }
}
