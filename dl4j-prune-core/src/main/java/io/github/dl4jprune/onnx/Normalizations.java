package io.github.dl4jprune.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** BatchNormalization, LRN and PRelu. */
final class Normalizations {
    private Normalizations() {}

    static void register() {
        Layers.register(BatchNormalization.class, Normalizations::batch);
        Layers.register(LocalResponseNormalization.class, Normalizations::localResponse);
        Layers.register(PReLULayer.class, Normalizations::prelu);
    }

    private static Value batch(BatchNormalization layer, Value input, LayerSite site) {
        if (input.rank() != 2 && input.rank() != 4) {
            throw new NotExportable("DL4J normalises rows and images only, got " + input.rank() + " axes");
        }
        ChannelOrder order = ChannelOrder.of(layer.getCnn2DFormat());
        Value x = order.toFirst(site.ops(), input);
        BatchStatistics statistics = BatchStatistics.of(layer, site.parameters());
        Value result = site.ops()
                .write(
                        "BatchNormalization",
                        x.dims(),
                        List.of(
                                x,
                                site.constant("gamma", statistics.gamma()),
                                site.constant("beta", statistics.beta()),
                                site.constant("mean", statistics.mean()),
                                site.constant("var", statistics.variance())),
                        Attribute.of("epsilon", layer.getEps()));
        return order.fromFirst(site.ops(), result);
    }

    /** DL4J sums {@code n / 2} neighbours on either side and multiplies by alpha; ONNX divides alpha by their number. */
    private static Value localResponse(LocalResponseNormalization layer, Value input, LayerSite site) {
        ChannelOrder order = ChannelOrder.of(layer.getDataFormat());
        Value x = order.toFirst(site.ops(), input);
        long window = 2L * ((int) layer.getN() / 2) + 1;
        Value result = site.ops()
                .unary(
                        "LRN",
                        x,
                        Attribute.of("size", window),
                        Attribute.of("alpha", layer.getAlpha() * window),
                        Attribute.of("beta", layer.getBeta()),
                        Attribute.of("bias", layer.getK()));
        return order.fromFirst(site.ops(), result);
    }

    /** Slopes have the shape of one example, with 1 along shared axes. */
    private static Value prelu(PReLULayer layer, Value input, LayerSite site) {
        return site.ops().write("PRelu", input.dims(), List.of(input, site.constant("W")));
    }

    /**
     * What a batch normalisation does to each channel in inference.
     *
     * @param gamma scale
     * @param beta shift
     * @param mean running mean
     * @param variance running variance
     */
    record BatchStatistics(INDArray gamma, INDArray beta, INDArray mean, INDArray variance) {

        /** M2.1 applies locked gamma and beta only where gamma is not 1 and beta is not 0. */
        static BatchStatistics of(BatchNormalization layer, java.util.Map<String, INDArray> parameters) {
            INDArray mean = vector(parameters, "mean");
            INDArray variance = parameters.containsKey("var")
                    ? vector(parameters, "var")
                    : power(vector(parameters, "log10stdev").mul(2));
            if (!layer.isLockGammaBeta()) {
                return new BatchStatistics(vector(parameters, "gamma"), vector(parameters, "beta"), mean, variance);
            }
            boolean applied = layer.getGamma() != 1.0 && layer.getBeta() != 0.0;
            INDArray gamma = Nd4j.onesLike(mean).muli(applied ? layer.getGamma() : 1);
            INDArray beta = Nd4j.onesLike(mean).muli(applied ? layer.getBeta() : 0);
            return new BatchStatistics(gamma, beta, mean, variance);
        }

        private static INDArray vector(java.util.Map<String, INDArray> parameters, String key) {
            INDArray array = java.util.Objects.requireNonNull(parameters.get(key), key);
            return array.castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE).reshape(array.length());
        }

        private static INDArray power(INDArray exponents) {
            double[] values = exponents.toDoubleVector();
            java.util.Arrays.setAll(values, i -> Math.pow(10, values[i]));
            return Nd4j.createFromArray(values);
        }

        /** {@code gamma / sqrt(variance + epsilon)}. */
        INDArray scale(double epsilon) {
            return gamma.div(org.nd4j.linalg.ops.transforms.Transforms.sqrt(variance.add(epsilon)));
        }

        /** {@code beta - mean * scale}. */
        INDArray shift(double epsilon) {
            return beta.sub(mean.mul(scale(epsilon)));
        }
    }
}
