package io.github.dl4jprune.criterion;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What goes into a criterion and what comes out, checked; between the two all arithmetic is in DOUBLE. */
final class Scores {
    private Scores() {}

    /** The rows in DOUBLE: a copy, or the array itself, so never to be written to. */
    static INDArray rows(String name, INDArray array) {
        if (array.rank() != 2 || array.isEmpty()) {
            throw new IllegalArgumentException(name + " must have the shape [channels, values], at least 1 each, got "
                    + Arrays.toString(array.shape()));
        }
        return real(name, array);
    }

    /** One value a channel in DOUBLE, under the same rule. */
    static INDArray vector(String name, INDArray array) {
        if (array.rank() != 1 || array.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " must have the shape [channels], at least 1, got " + Arrays.toString(array.shape()));
        }
        return real(name, array);
    }

    static void requireSameShape(String name, INDArray expected, String otherName, INDArray actual) {
        if (!expected.equalShapes(actual)) {
            throw new IllegalArgumentException(otherName + " must have the shape of " + name + " "
                    + Arrays.toString(expected.shape()) + ", got " + Arrays.toString(actual.shape()));
        }
    }

    /** The finished scores, in the data type of the input. */
    static INDArray of(double[] scores, DataType type) {
        return Nd4j.createFromArray(requireFinite(scores)).castTo(type);
    }

    static INDArray of(INDArray scores, DataType type) {
        return of(scores.toDoubleVector(), type);
    }

    /** The values of a matrix on the host, column after column; many times faster than {@code toDoubleMatrix}. */
    static double[] columnMajor(INDArray matrix) {
        return matrix.dup('f').data().asDouble();
    }

    static double[] requireFinite(double[] scores) {
        for (int channel = 0; channel < scores.length; channel++) {
            if (!Double.isFinite(scores[channel])) {
                throw new IllegalArgumentException("score of channel " + channel + " must be finite, got "
                        + scores[channel] + ": its values are NaN, infinite or too large to square");
            }
        }
        return scores;
    }

    private static INDArray real(String name, INDArray array) {
        if (!array.dataType().isFPType()) {
            throw new IllegalArgumentException(name + " must be FLOAT or DOUBLE, got " + array.dataType());
        }
        return array.castTo(DataType.DOUBLE);
    }
}
