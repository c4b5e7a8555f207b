package io.github.dl4jprune.compression;

import java.util.Arrays;

/**
 * Distinct values in ascending order with their counts, and running sums that give the squared error of any run of them in
 * constant time.
 */
final class WeightedValues {
    private final double[] values;
    private final double[] counts;
    private final double[] sums;
    private final double[] squares;
    private final double center;

    private WeightedValues(double[] values, double[] weights) {
        this.values = values;
        this.counts = new double[values.length + 1];
        this.sums = new double[values.length + 1];
        this.squares = new double[values.length + 1];
        // differences of large sums lose digits; around the middle they are small
        this.center = values.length == 0 ? 0 : values[values.length / 2];
        for (int i = 0; i < values.length; i++) {
            double shifted = values[i] - center;
            counts[i + 1] = counts[i] + weights[i];
            sums[i + 1] = sums[i] + weights[i] * shifted;
            squares[i + 1] = squares[i] + weights[i] * shifted * shifted;
        }
    }

    static WeightedValues of(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] distinct = new double[sorted.length];
        double[] weights = new double[sorted.length];
        int n = 0;
        for (float value : sorted) {
            if (n == 0 || distinct[n - 1] != value) {
                distinct[n++] = value;
            }
            weights[n - 1]++;
        }
        return new WeightedValues(Arrays.copyOf(distinct, n), Arrays.copyOf(weights, n));
    }

    /** At most {@code bins} values in place of these: the means of runs of about equal count. */
    WeightedValues binned(int bins) {
        double[] means = new double[bins];
        double[] weights = new double[bins];
        int n = 0;
        int from = 0;
        for (int bin = 1; bin <= bins && from < values.length; bin++) {
            int to = bin == bins ? values.length : firstReaching(total() * bin / bins);
            if (to > from) {
                means[n] = mean(from, to);
                weights[n++] = count(from, to);
                from = to;
            }
        }
        return new WeightedValues(Arrays.copyOf(means, n), Arrays.copyOf(weights, n));
    }

    int size() {
        return values.length;
    }

    double value(int index) {
        return values[index];
    }

    double total() {
        return counts[values.length];
    }

    double count(int from, int to) {
        return counts[to] - counts[from];
    }

    double mean(int from, int to) {
        return center + (sums[to] - sums[from]) / (counts[to] - counts[from]);
    }

    /** Sum of squared distances to the mean of values {@code from} to {@code to - 1}. */
    double error(int from, int to) {
        double sum = sums[to] - sums[from];
        return Math.max(0, squares[to] - squares[from] - sum * sum / (counts[to] - counts[from]));
    }

    /** The smallest end of a run from the start that holds at least so many. */
    int firstReaching(double count) {
        int found = Arrays.binarySearch(counts, count);
        return Math.min(values.length, found < 0 ? -found - 1 : found);
    }

    /** How many values are smaller than the limit. */
    int below(double limit) {
        int found = Arrays.binarySearch(values, limit);
        return found < 0 ? -found - 1 : found;
    }
}
