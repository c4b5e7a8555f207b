package io.github.dl4jprune.compression;

/**
 * The exact optimum of one-dimensional k-means by dynamic programming over sorted values, {@code D(c, j) = min over i of
 * D(c - 1, i) + error(i, j)}. The best {@code i} does not fall as {@code j} grows, so halving the range of {@code j} bounds
 * the search: {@code O(k n log n)} time, {@code k n} integers of memory.
 *
 * @see <a href="https://arxiv.org/abs/1701.07204">Grønlund et al. (2017), "Fast exact k-means, k-medians and Bregman
 *     divergence clustering in 1D", for the monotonicity</a>
 */
final class OptimalRuns {
    private final WeightedValues values;
    private final int[][] best;
    private double[] previous;
    private double[] current;

    private OptimalRuns(WeightedValues values, int k) {
        this.values = values;
        this.best = new int[k][values.size() + 1];
        this.previous = new double[values.size() + 1];
        this.current = new double[values.size() + 1];
    }

    /** Ends of the {@code k} runs, exclusive; needs at least {@code k} values. */
    static int[] ends(WeightedValues values, int k) {
        return new OptimalRuns(values, k).solve(k);
    }

    private int[] solve(int k) {
        int n = values.size();
        for (int j = 1; j <= n; j++) {
            current[j] = values.error(0, j);
        }
        for (int c = 1; c < k; c++) {
            double[] spare = previous;
            previous = current;
            current = spare;
            fill(c, new Range(c + 1, n), new Range(c, n - 1));
        }
        int[] ends = new int[k];
        int end = n;
        for (int c = k - 1; c >= 0; c--) {
            ends[c] = end;
            end = best[c][end];
        }
        return ends;
    }

    /** Whole numbers {@code from} to {@code to}, inclusive. */
    private record Range(int from, int to) {}

    private void fill(int c, Range targets, Range candidates) {
        if (targets.from > targets.to) {
            return;
        }
        int middle = (targets.from + targets.to) >>> 1;
        int last = Math.min(middle - 1, candidates.to);
        double least = Double.POSITIVE_INFINITY;
        int at = candidates.from;
        for (int i = candidates.from; i <= last; i++) {
            double error = previous[i] + values.error(i, middle);
            if (error < least) {
                least = error;
                at = i;
            }
        }
        current[middle] = least;
        best[c][middle] = at;
        fill(c, new Range(targets.from, middle - 1), new Range(candidates.from, at));
        fill(c, new Range(middle + 1, targets.to), new Range(at, candidates.to));
    }
}
