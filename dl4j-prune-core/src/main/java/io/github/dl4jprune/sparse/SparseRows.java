package io.github.dl4jprune.sparse;

import io.github.dl4jprune.compression.StoredParameter;
import io.github.dl4jprune.compression.StoredParameter.Raw;
import io.github.dl4jprune.compression.StoredParameter.Shared;
import java.util.function.IntToDoubleFunction;

/**
 * A weight matrix in compressed sparse rows: row {@code r} has the columns and values from {@code starts[r]} to
 * {@code starts[r + 1] - 1}. A row is what one output reads.
 *
 * @param starts one more than there are rows
 * @param columns ascending within a row
 * @param values none of them 0
 */
record SparseRows(int[] starts, int[] columns, float[] values) {

    /** From weights whose rows lie one behind the other in memory. */
    static SparseRows of(StoredParameter weights, int rows) {
        int length = weights.slice().length();
        if (weights.values() instanceof Shared shared) {
            return of(i -> shared.codes()[i] == 0 ? 0 : shared.codebook()[shared.codes()[i] - 1], rows, length / rows);
        }
        double[] raw = ((Raw) weights.values()).values();
        return of(i -> raw[i], rows, length / rows);
    }

    private static SparseRows of(IntToDoubleFunction memory, int rows, int width) {
        int count = 0;
        for (int i = 0; i < rows * width; i++) {
            count += memory.applyAsDouble(i) == 0 ? 0 : 1;
        }
        int[] starts = new int[rows + 1];
        int[] columns = new int[count];
        float[] values = new float[count];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < width; column++) {
                double value = memory.applyAsDouble(row * width + column);
                if (value != 0) {
                    columns[next] = column;
                    values[next++] = (float) value;
                }
            }
            starts[row + 1] = next;
        }
        return new SparseRows(starts, columns, values);
    }

    int rows() {
        return starts.length - 1;
    }

    /**
     * The same weights with each row split into {@code parts} rows by {@code column % parts}, as filters over
     * {@code [channel, position]} fall apart into one row for each position.
     */
    SparseRows split(int parts) {
        int[] splitStarts = new int[rows() * parts + 1];
        int[] splitColumns = new int[columns.length];
        float[] splitValues = new float[values.length];
        int next = 0;
        for (int row = 0; row < rows(); row++) {
            for (int part = 0; part < parts; part++) {
                for (int i = starts[row]; i < starts[row + 1]; i++) {
                    if (columns[i] % parts == part) {
                        splitColumns[next] = columns[i] / parts;
                        splitValues[next++] = values[i];
                    }
                }
                splitStarts[row * parts + part + 1] = next;
            }
        }
        return new SparseRows(splitStarts, splitColumns, splitValues);
    }

    /**
     * The product of one row and a vector. Four sums side by side, so that no addition waits for the one before.
     *
     * @param vector one value a column
     */
    float dot(int row, float[] vector) {
        int end = starts[row + 1];
        int i = starts[row];
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (; i + 3 < end; i += 4) {
            a += values[i] * vector[columns[i]];
            b += values[i + 1] * vector[columns[i + 1]];
            c += values[i + 2] * vector[columns[i + 2]];
            d += values[i + 3] * vector[columns[i + 3]];
        }
        for (; i < end; i++) {
            a += values[i] * vector[columns[i]];
        }
        return a + b + (c + d);
    }

    /**
     * Adds the weighted sum of whole planes: {@code out[i] += sum over the row of value * planes[column][i]}.
     *
     * <p>HotSpot's compiler turns these loops into vector instructions because all arrays have the same index; with an
     * offset to one of them it does not (JDK 17).
     *
     * @param planes one a column
     * @param from first index, inclusive
     * @param to last index, exclusive
     */
    void addPlanes(int row, float[][] planes, float[] out, int from, int to) {
        int end = starts[row + 1];
        int j = starts[row];
        for (; j + 3 < end; j += 4) {
            add4(j, planes, out, from, to);
        }
        if (j + 1 < end) {
            add2(j, planes, out, from, to);
            j += 2;
        }
        if (j < end) {
            add1(values[j], planes[columns[j]], out, from, to);
        }
    }

    private void add4(int j, float[][] planes, float[] out, int from, int to) {
        float[] a = planes[columns[j]];
        float[] b = planes[columns[j + 1]];
        float[] c = planes[columns[j + 2]];
        float[] d = planes[columns[j + 3]];
        float va = values[j];
        float vb = values[j + 1];
        float vc = values[j + 2];
        float vd = values[j + 3];
        for (int i = from; i < to; i++) {
            out[i] = Math.fma(va, a[i], Math.fma(vb, b[i], Math.fma(vc, c[i], Math.fma(vd, d[i], out[i]))));
        }
    }

    private void add2(int j, float[][] planes, float[] out, int from, int to) {
        float[] a = planes[columns[j]];
        float[] b = planes[columns[j + 1]];
        float va = values[j];
        float vb = values[j + 1];
        for (int i = from; i < to; i++) {
            out[i] = Math.fma(va, a[i], Math.fma(vb, b[i], out[i]));
        }
    }

    private static void add1(float value, float[] plane, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = Math.fma(value, plane[i], out[i]);
        }
    }
}
