package io.github.dl4jprune.compression;

import java.util.Arrays;

/**
 * What {@link Clustering} found.
 *
 * @param centroids ascending, each the mean of its members, rounded to float
 * @param assignments for each value the index of its centroid
 * @param squaredError sum of squared distances of all values to their centroids before rounding
 */
public record Clusters(float[] centroids, int[] assignments, double squaredError) {

    static Clusters of(float[] values, WeightedValues weighted, int[] ends) {
        float[] centroids = new float[ends.length];
        double[] upper = new double[ends.length];
        double error = 0;
        for (int i = 0; i < ends.length; i++) {
            int from = i == 0 ? 0 : ends[i - 1];
            centroids[i] = (float) weighted.mean(from, ends[i]);
            upper[i] = weighted.value(ends[i] - 1);
            error += weighted.error(from, ends[i]);
        }
        int[] assignments = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int found = Arrays.binarySearch(upper, values[i]);
            assignments[i] = found < 0 ? -found - 1 : found;
        }
        return new Clusters(centroids, assignments, error);
    }
}
