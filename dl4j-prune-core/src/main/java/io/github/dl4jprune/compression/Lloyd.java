package io.github.dl4jprune.compression;

import java.util.Arrays;
import java.util.Random;

/**
 * Lloyd's iteration on sorted values: a cluster is a run between two midpoints, so that an iteration takes
 * {@code O(k log n)}. A cluster that runs empty is put into the run with the largest error, at its far end.
 */
final class Lloyd {
    private static final int MOST_ITERATIONS = 300;

    private Lloyd() {}

    /** Ends of the runs, exclusive and ascending; none is empty. Needs at least {@code k} distinct values. */
    static int[] run(WeightedValues values, int k, Initialization initialization, long seed) {
        int[] ends = endsAround(values, start(values, k, initialization, seed));
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            fillEmpty(values, ends);
            int[] next = endsAround(values, means(values, ends));
            if (Arrays.equals(next, ends)) {
                break;
            }
            ends = next;
        }
        fillEmpty(values, ends);
        return ends;
    }

    /** As {@link #run}, from the ends of given runs. */
    static int[] refine(WeightedValues values, int[] start) {
        int[] ends = start;
        fillEmpty(values, ends);
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            int[] next = endsAround(values, means(values, ends));
            fillEmpty(values, next);
            if (Arrays.equals(next, ends)) {
                break;
            }
            ends = next;
        }
        return ends;
    }

    private static double[] start(WeightedValues values, int k, Initialization initialization, long seed) {
        double[] centroids = new double[k];
        double low = values.value(0);
        double high = values.value(values.size() - 1);
        Random random = new Random(seed);
        for (int i = 0; i < k; i++) {
            centroids[i] = switch (initialization) {
                case LINEAR -> k == 1 ? (low + high) / 2 : low + (high - low) * i / (k - 1);
                case DENSITY ->
                    values.value(Math.max(0, values.firstReaching(values.total() * (2 * i + 1) / (2.0 * k)) - 1));
                case RANDOM ->
                    values.value(Math.max(0, values.firstReaching(values.total() * (1 - random.nextDouble())) - 1));
            };
        }
        Arrays.sort(centroids);
        return centroids;
    }

    private static int[] endsAround(WeightedValues values, double[] centroids) {
        int[] ends = new int[centroids.length];
        for (int i = 0; i + 1 < ends.length; i++) {
            int end = values.below((centroids[i] + centroids[i + 1]) / 2);
            ends[i] = i == 0 ? end : Math.max(end, ends[i - 1]);
        }
        ends[ends.length - 1] = values.size();
        return ends;
    }

    private static double[] means(WeightedValues values, int[] ends) {
        double[] means = new double[ends.length];
        for (int i = 0; i < ends.length; i++) {
            means[i] = values.mean(i == 0 ? 0 : ends[i - 1], ends[i]);
        }
        return means;
    }

    private static void fillEmpty(WeightedValues values, int[] ends) {
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] == (i == 0 ? 0 : ends[i - 1])) {
                split(values, ends, i);
                i = -1; // the runs moved: look again from the first
            }
        }
    }

    /** Removes the empty run and halves the run with the largest error. */
    private static void split(WeightedValues values, int[] ends, int empty) {
        int worst = -1;
        double most = -1;
        for (int i = 0; i < ends.length; i++) {
            int from = i == 0 ? 0 : ends[i - 1];
            if (ends[i] - from > 1 && values.error(from, ends[i]) > most) {
                most = values.error(from, ends[i]);
                worst = i;
            }
        }
        int from = worst == 0 ? 0 : ends[worst - 1];
        int middle = Math.min(Math.max(values.below(values.mean(from, ends[worst])), from + 1), ends[worst] - 1);
        if (empty > worst) {
            System.arraycopy(ends, worst, ends, worst + 1, empty - worst);
            ends[worst] = middle;
        } else {
            System.arraycopy(ends, empty + 1, ends, empty, worst - empty - 1);
            ends[worst - 1] = middle;
        }
    }
}
