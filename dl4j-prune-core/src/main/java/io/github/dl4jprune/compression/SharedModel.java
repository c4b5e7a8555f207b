package io.github.dl4jprune.compression;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * All parameters of one network in their shared form. A value here is the value, exactly: {@link #applyTo} gives the network
 * whose weights a compressed file gives back bit for bit.
 *
 * @param parameters in the order of the network's flat vector, which they tile
 */
public record SharedModel(List<StoredParameter> parameters) {
    /** Copies the list. */
    public SharedModel {
        parameters = List.copyOf(parameters);
    }

    /** Number of values. */
    public int length() {
        return parameters.isEmpty()
                ? 0
                : parameters.get(parameters.size() - 1).slice().end();
    }

    /**
     * The flat parameter vector.
     *
     * @param type FLOAT or DOUBLE
     * @return {@code [1, n]}
     */
    public INDArray flat(DataType type) {
        if (type == DataType.DOUBLE) {
            double[] values = new double[length()];
            parameters.forEach(parameter -> parameter.expandInto(values));
            return Nd4j.createFromArray(values).reshape(1, values.length);
        }
        float[] values = new float[length()];
        parameters.forEach(parameter -> parameter.expandInto(values));
        return Nd4j.createFromArray(values).castTo(type).reshape(1, values.length);
    }

    /**
     * Overwrites a network's parameters with the shared ones.
     *
     * @param network of the same configuration
     * @throws IllegalArgumentException if it has another number of parameters
     */
    public void applyTo(Model network) {
        INDArray target = network.params();
        long expected = target == null ? 0 : target.length();
        if (expected != length()) {
            throw new IllegalArgumentException(
                    "network must have " + length() + " parameters as the shared model, got " + expected);
        }
        if (target != null) {
            target.assign(flat(target.dataType()).reshape(target.shape()));
        }
    }

    /**
     * The same assignments with the values that a network has now, such as after its centroids were trained: each centroid
     * becomes the mean of its members, rounded to the precision that it is stored in; vectors are read anew.
     *
     * @param network of the same configuration
     * @return a new value; this one is unchanged
     */
    public SharedModel withValuesOf(Model network) {
        double[] flat =
                network.params() == null ? new double[0] : network.params().toDoubleVector();
        if (flat.length != length()) {
            throw new IllegalArgumentException(
                    "network must have " + length() + " parameters as the shared model, got " + flat.length);
        }
        List<StoredParameter> updated = new ArrayList<>();
        for (StoredParameter parameter : parameters) {
            updated.add(updated(parameter, flat));
        }
        return new SharedModel(updated);
    }

    private static StoredParameter updated(StoredParameter parameter, double[] flat) {
        ParameterSlice slice = parameter.slice();
        if (parameter.values() instanceof StoredParameter.Shared shared) {
            double[] sums = new double[shared.codebook().length + 1];
            long[] counts = new long[sums.length];
            for (int i = 0; i < shared.codes().length; i++) {
                sums[shared.codes()[i]] += flat[slice.start() + i];
                counts[shared.codes()[i]]++;
            }
            double[] codebook = new double[shared.codebook().length];
            for (int i = 0; i < codebook.length; i++) {
                codebook[i] = counts[i + 1] == 0 ? shared.codebook()[i] : sums[i + 1] / counts[i + 1];
            }
            Precision precision = parameter.precision().holding(codebook);
            return new StoredParameter(
                    slice, precision, new StoredParameter.Shared(rounded(codebook, precision), shared.codes()));
        }
        double[] values = java.util.Arrays.copyOfRange(flat, slice.start(), slice.end());
        Precision precision = parameter.precision().holding(values);
        return new StoredParameter(slice, precision, new StoredParameter.Raw(rounded(values, precision)));
    }

    static double[] rounded(double[] values, Precision precision) {
        double[] rounded = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = precision.round(values[i]);
        }
        return rounded;
    }
}
