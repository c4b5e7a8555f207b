package io.github.dl4jprune.folding;

import io.github.dl4jprune.folding.ChannelConstant.Held;
import io.github.dl4jprune.folding.ChannelConstant.Unknown;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers with weights that act on each channel by itself; those weights are left as they are. */
final class ScalingConstants {
    private ScalingConstants() {}

    static void register() {
        LayerConstants.register(BatchNormalization.class, ScalingConstants::batchNormalization);
        LayerConstants.register(ElementWiseMultiplicationLayer.class, ScalingConstants::multiplication);
        LayerConstants.register(PReLULayer.class, ScalingConstants::prelu);
        LayerConstants.register(DepthwiseConvolution2D.class, ScalingConstants::depthwise);
    }

    /** gamma (c - mean) / sqrt(var + eps) + beta. */
    private static ConstantVector batchNormalization(BatchNormalization layer, LayerReading reading) {
        int size = reading.input().size();
        double[] gamma = reading.perChannel("gamma", size, layer.getGamma());
        double[] beta = reading.perChannel("beta", size, layer.getBeta());
        double[] mean = reading.perChannel("mean", size, 0);
        double[] variance = layer.isUseLogStd()
                ? Arrays.stream(reading.perChannel("log10stdev", size, 0))
                        .map(exponent -> Math.pow(10, 2 * exponent))
                        .toArray()
                : reading.perChannel("var", size, 1);
        return reading.input().map((i, held) -> {
            double normal = (held.value() - mean[i]) / Math.sqrt(variance[i] + layer.getEps());
            return new Held(gamma[i] * normal + beta[i], held.everywhere());
        });
    }

    /** f(w c + b). */
    private static ConstantVector multiplication(ElementWiseMultiplicationLayer layer, LayerReading reading) {
        double[] weights = reading.perChannel("W", reading.width(), 1);
        double[] bias = reading.perChannel("b", reading.width(), 0);
        return reading.input()
                .map((i, held) -> new Held(weights[i] * held.value() + bias[i], held.everywhere()))
                .through(layer.getActivationFn());
    }

    /** Slopes may differ from pixel to pixel; then a negative constant is not one any more. */
    private static ConstantVector prelu(PReLULayer layer, LayerReading reading) {
        INDArray slopes = reading.parameter("W").castTo(DataType.DOUBLE);
        int axis = Math.min(reading.axis() - 1, slopes.rank() - 1);
        boolean shared = slopes.size(axis) == 1;
        return reading.input().map((i, held) -> {
            if (held.isZero() || (held.everywhere() && held.value() > 0)) {
                return held;
            }
            INDArray own = slopes.slice(shared ? 0 : i, axis);
            double slope = own.maxNumber().doubleValue();
            if (slope != own.minNumber().doubleValue()) {
                return new Unknown("slopes of layer \"" + reading.node() + "\" differ from place to place");
            }
            return new Held(held.value() > 0 ? held.value() : slope * held.value(), held.everywhere());
        });
    }

    /** W [kH, kW, in, multiplier]: f(c times the sum of the kernel + b). */
    private static ConstantVector depthwise(DepthwiseConvolution2D layer, LayerReading reading) {
        double[] kernelSums = reading.parameter("W")
                .castTo(DataType.DOUBLE)
                .sum(0, 1)
                .dup('c')
                .reshape(reading.width())
                .toDoubleVector();
        double[] bias = reading.perChannel("b", reading.width(), 0);
        ConstantVector input = reading.input().repeatEach(layer.getDepthMultiplier());
        return (Borders.crossedBy(layer) ? input.bordered() : input)
                .map((i, held) -> new Held(kernelSums[i] * held.value() + bias[i], held.everywhere()))
                .through(layer.getActivationFn());
    }
}
