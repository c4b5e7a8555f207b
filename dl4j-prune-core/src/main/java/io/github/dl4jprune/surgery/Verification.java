package io.github.dl4jprune.surgery;

import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.MaskMultiplier;
import io.github.dl4jprune.network.NetworkView;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Gather;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What comparing the masked and the shrunk network found. Beside the outputs, what the output layers read is compared: a
 * softmax that is sure of itself hides differences.
 *
 * @param maxAbsoluteDifference largest absolute difference over all outputs, and over what the output layers read, there
 *     in units of its largest value or 1
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
        return compare(masked, small, mask, inputs);
    }

    /**
     * Compares a network of the original's width and a shrunk one: their outputs and what their output layers read.
     *
     * @param wide has the original's configuration
     * @param small the shrunk network
     * @param mask what was pruned
     * @param inputs one array an input of the network
     */
    public static Verification compare(
            NetworkView<? extends Model> wide,
            NetworkView<? extends Model> small,
            ChannelMask mask,
            INDArray... inputs) {
        Verification outputs = compare(wide, small, inputs);
        double hidden = hiddenDifference(wide, small, mask, inputs);
        double larger = hidden <= outputs.maxAbsoluteDifference ? outputs.maxAbsoluteDifference : hidden;
        return new Verification(larger, outputs.tolerance, outputs.examples);
    }

    private static double hiddenDifference(
            NetworkView<? extends Model> masked,
            NetworkView<? extends Model> small,
            ChannelMask mask,
            INDArray... inputs) {
        Map<String, INDArray> expected = masked.activations(inputs);
        Map<String, INDArray> actual = small.activations(inputs);
        double largest = 0;
        for (String output : masked.structure().outputs()) {
            for (String source : masked.structure().node(output).inputs()) {
                INDArray reference = expected.get(source);
                INDArray other = actual.get(source);
                Optional<int[]> ids = mask.graph().outputIds(source);
                if (reference != null && other != null && ids.isPresent()) {
                    INDArray positions = Nd4j.createFromArray(mask.kept(ids.get()));
                    int axis = mask.graph().channelAxis(source);
                    INDArray kept = Nd4j.exec(new Gather(reference.dup('c'), positions, axis))[0];
                    double own = largest(kept.sub(other)) / Math.max(1, largest(kept));
                    largest = own <= largest ? largest : own;
                }
            }
        }
        return largest;
    }

    private static double largest(INDArray array) {
        return Transforms.abs(array, true).maxNumber().doubleValue();
    }

    /** Compares two networks with the same inputs and outputs. */
    public static Verification compare(
            NetworkView<? extends Model> reference, NetworkView<? extends Model> other, INDArray... inputs) {
        INDArray[] expected = reference.output(inputs);
        INDArray[] actual = other.output(inputs);
        double difference = 0;
        double largest = 1;
        for (int i = 0; i < expected.length; i++) {
            double own = largest(expected[i].sub(actual[i]));
            // negated, so that NaN stays
            difference = own <= difference ? difference : own;
            largest = Math.max(largest, largest(expected[i]));
        }
        double base = reference.dataType() == DataType.DOUBLE ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE;
        return new Verification(difference, base * largest, inputs[0].size(0));
    }
}
