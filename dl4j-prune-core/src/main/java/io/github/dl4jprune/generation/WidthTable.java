package io.github.dl4jprune.generation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A vector, such as a bias or the scales of a batch normalisation, of which every width has its own row: the published code has a
 * batch normalisation for each scale. Plain arrays: they are short, and single numbers of them are read and written.
 */
final class WidthTable implements ParameterSource {
    private final double[][] rows;
    private final double[][] velocities;
    private final int[] dimensions;
    private final DataType type;

    /**
     * A table whose rows begin alike.
     *
     * @param initial the vector
     * @param dimensions by position: the width that chooses its row, or -1 for the last row
     * @param levels number of rows
     */
    WidthTable(INDArray initial, int[] dimensions, int levels) {
        this.rows = new double[levels][];
        for (int level = 0; level < levels; level++) {
            rows[level] = initial.toDoubleVector();
        }
        this.velocities = new double[levels][dimensions.length];
        this.dimensions = dimensions.clone();
        this.type = initial.dataType();
    }

    @Override
    public INDArray values(List<Integer> entries) {
        double[] values = new double[dimensions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[row(entries, i)][i];
        }
        return Nd4j.createFromArray(values).castTo(type);
    }

    @Override
    public void learn(List<Integer> entries, INDArray gradient, double rate, PruningNetTraining training) {
        double[] slopes = gradient.toDoubleVector();
        for (int i = 0; i < slopes.length; i++) {
            int row = row(entries, i);
            double velocity =
                    training.momentum() * velocities[row][i] + slopes[i] + training.weightDecay() * rows[row][i];
            velocities[row][i] = velocity;
            rows[row][i] -= rate * velocity;
        }
    }

    private int row(List<Integer> entries, int position) {
        int dimension = dimensions[position];
        return dimension < 0 ? rows.length - 1 : entries.get(dimension) - 1;
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
        for (double[] row : rows) {
            for (double value : row) {
                out.writeDouble(value);
            }
        }
    }

    @Override
    public void read(DataInputStream in) throws IOException {
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = in.readDouble();
            }
        }
    }
}
