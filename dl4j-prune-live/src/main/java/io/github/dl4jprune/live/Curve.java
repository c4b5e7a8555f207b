package io.github.dl4jprune.live;

import java.util.Arrays;

/**
 * Rows of numbers that keep coming, in bounded memory: when all rows are taken, every two neighbours become one, and from
 * then on as many rows are gathered into one before it is kept. Not thread-safe.
 */
final class Curve {
    /** What becomes of a column when rows become one. */
    enum Merge {
        /** Their mean. */
        MEAN,
        /** The last of them. */
        LAST
    }

    private final Merge[] merges;
    private final double[][] rows;
    private final double[] gathered;
    private int kept;
    private int stride = 1;
    private int gathering;

    /**
     * An empty curve.
     *
     * @param capacity most rows, even
     * @param merges one for each column
     */
    Curve(int capacity, Merge... merges) {
        this.merges = merges.clone();
        this.rows = new double[capacity][merges.length];
        this.gathered = new double[merges.length];
    }

    void add(double... row) {
        gathering++;
        for (int i = 0; i < merges.length; i++) {
            gathered[i] = merges[i] == Merge.LAST ? row[i] : gathered[i] + (row[i] - gathered[i]) / gathering;
        }
        if (gathering == stride) {
            keep();
        }
    }

    private void keep() {
        System.arraycopy(gathered, 0, rows[kept], 0, gathered.length);
        Arrays.fill(gathered, 0);
        gathering = 0;
        kept++;
        if (kept == rows.length) {
            halve();
        }
    }

    private void halve() {
        kept /= 2;
        stride *= 2;
        for (int row = 0; row < kept; row++) {
            for (int i = 0; i < merges.length; i++) {
                double first = rows[2 * row][i];
                double second = rows[2 * row + 1][i];
                rows[row][i] = merges[i] == Merge.LAST ? second : (first + second) / 2;
            }
        }
    }

    /** All rows, first to last, the one that is still being gathered included. */
    double[][] rows() {
        int length = kept + (gathering > 0 ? 1 : 0);
        double[][] copy = new double[length][];
        for (int row = 0; row < kept; row++) {
            copy[row] = rows[row].clone();
        }
        if (gathering > 0) {
            copy[kept] = gathered.clone();
        }
        return copy;
    }
}
