package io.github.dl4jprune.compression;

import java.util.Locale;

/**
 * One-dimensional k-means: values to at most {@code k} centroids that make the sum of squared distances small.
 *
 * <p>{@link Method#LLOYD} iterates from {@link #initialization()} and stops at a local optimum. {@link Method#EXACT} finds the
 * global one by dynamic programming where {@code k n} is at most {@value #EXACT_LIMIT} for n distinct values. Beyond that it
 * solves the same program exactly for {@value #BINS} weighted means of neighbouring values and lets Lloyd's iteration refine
 * the result on all of them: near the optimum, without its proof. Either way every centroid has members; fewer distinct
 * values than clusters are kept as they are, and one value (a constant layer) is one centroid.
 *
 * <p>Cost: sorting, {@code O(n log n)}; then {@code O(k log n)} an iteration, or {@code O(k n log n)} for the exact method.
 *
 * @param method how the clusters are found
 * @param initialization where Lloyd's iteration starts; of no effect on {@link Method#EXACT}
 * @param seed of {@link Initialization#RANDOM}
 */
public record Clustering(Method method, Initialization initialization, long seed) {
    static final int EXACT_LIMIT = 4_000_000;
    static final int BINS = 8192;

    /** How clusters are found. */
    public enum Method {
        /** Lloyd's iteration. */
        LLOYD,
        /** Dynamic programming. */
        EXACT;

        /** The name by which configuration files know it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Lloyd's iteration from evenly spaced centroids, as in the paper. */
    public static Clustering linear() {
        return new Clustering(Method.LLOYD, Initialization.LINEAR, 0);
    }

    /** The optimum. */
    public static Clustering exact() {
        return new Clustering(Method.EXACT, Initialization.LINEAR, 0);
    }

    /**
     * Clusters values.
     *
     * @param values at least one, all finite; left untouched
     * @param clusters the most centroids, {@code >= 1}
     * @return the centroids and each value's place among them
     * @throws IllegalArgumentException if there are no values or no clusters, or a value is not finite
     */
    public Clusters of(float[] values, int clusters) {
        if (values.length == 0 || !(clusters >= 1)) {
            throw new IllegalArgumentException(
                    "clustering needs at least one value and one cluster, got " + values.length + " and " + clusters);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("values to cluster must be finite, got " + value);
            }
        }
        WeightedValues weighted = WeightedValues.of(values);
        return Clusters.of(values, weighted, ends(weighted, Math.min(clusters, weighted.size())));
    }

    private int[] ends(WeightedValues values, int k) {
        if (k == values.size()) {
            int[] ends = new int[k];
            for (int i = 0; i < k; i++) {
                ends[i] = i + 1;
            }
            return ends;
        }
        if (method == Method.LLOYD) {
            return Lloyd.run(values, k, initialization, seed);
        }
        if ((long) k * values.size() <= EXACT_LIMIT) {
            return OptimalRuns.ends(values, k);
        }
        WeightedValues binned = values.binned(Math.max(BINS, k));
        int[] coarse = OptimalRuns.ends(binned, k);
        for (int i = 0; i + 1 < k; i++) {
            coarse[i] = values.below((binned.value(coarse[i] - 1) + binned.value(coarse[i])) / 2);
        }
        coarse[k - 1] = values.size();
        return Lloyd.refine(values, coarse);
    }
}
