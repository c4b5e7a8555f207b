package io.github.dl4jprune.surgery;

import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.MaskMultiplier;
import io.github.dl4jprune.network.NetworkView;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What comparing the masked and the shrunk network found.
 *
 * @param maxAbsoluteDifference largest absolute difference over all outputs
 * @param tolerance what is allowed: 1e-4 in FLOAT and 1e-10 in DOUBLE, times the largest absolute output or 1
 * @param examples number of examples compared
 */
public record Verification(double maxAbsoluteDifference, double tolerance, long examples) {
    private static final double FLOAT_TOLERANCE = 1e-4;
    private static final double DOUBLE_TOLERANCE = 1e-10;

    /** Whether the difference is within tolerance; NaN is not. */
    public boolean passed() {
        return maxAbsoluteDifference <= tolerance;
    }

    /**
     * Compares the original with the mask applied and the shrunk network, in inference mode.
     *
     * @param original left untouched; a copy is masked
     * @param small the shrunk network
     * @param mask what was pruned
     * @param inputs one array an input of the network
     */
    public static <N extends Model> Verification of(
            NetworkView<N> original, NetworkView<N> small, ChannelMask mask, INDArray... inputs) {
        NetworkView<N> masked = original.copyWithoutListeners();
        masked.flatParameters()
                .muli(MaskMultiplier.of(mask, masked)
                        .reshape(masked.flatParameters().shape()));
        return compare(masked, small, inputs);
    }

    /** Compares two networks with the same inputs and outputs. */
    public static Verification compare(
            NetworkView<? extends Model> reference, NetworkView<? extends Model> other, INDArray... inputs) {
        INDArray[] expected = reference.output(inputs);
        INDArray[] actual = other.output(inputs);
        double difference = 0;
        double largest = 1;
        for (int i = 0; i < expected.length; i++) {
            double own = Transforms.abs(expected[i].sub(actual[i])).maxNumber().doubleValue();
            // negated, so that NaN stays
            difference = own <= difference ? difference : own;
            largest = Math.max(largest, Transforms.abs(expected[i]).maxNumber().doubleValue());
        }
        double base = reference.dataType() == DataType.DOUBLE ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE;
        return new Verification(difference, base * largest, inputs[0].size(0));
    }
}
