package io.github.dl4jprune.onnx;

import java.util.List;
import onnx.Onnx.TensorProto;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;

/** Dense layers (Gemm), embeddings (Gather) and one weight a feature (Mul). */
final class Denses {
    private static final String WEIGHTS = "W";
    private static final String BIAS = "b";

    /** Far below any deviation that is not 0, and a number in FLOAT. */
    private static final double SMALLEST_DEVIATION = 1e-30;

    private Denses() {}

    static void register() {
        Layers.register(DenseLayer.class, Denses::dense);
        Layers.register(EmbeddingLayer.class, Denses::embedding);
        Layers.register(EmbeddingSequenceLayer.class, Denses::embeddingSequence);
        Layers.register(ElementWiseMultiplicationLayer.class, Denses::elementWise);
    }

    private static Value dense(DenseLayer layer, Value input, LayerSite site) {
        Value z = layer.hasLayerNorm() ? normalized(input, site) : weighted(input, site);
        return Activations.write(layer.getActivationFn(), z, site.ops());
    }

    /** {@code x W + b} for the rows of a matrix. */
    static Value weighted(Value input, LayerSite site) {
        if (input.rank() != 2) {
            throw new NotExportable("the layer reads rows of features, got " + input.rank() + " axes");
        }
        Value weights = site.constant(WEIGHTS);
        long[] dims = {input.size(0), weights.size(1)};
        return site.has(BIAS)
                ? site.ops().write("Gemm", dims, List.of(input, weights, site.constant(BIAS)))
                : site.ops().write("MatMul", dims, List.of(input, weights));
    }

    private static Value normalized(Value input, LayerSite site) {
        Operators ops = site.ops();
        Value weights = site.constant(WEIGHTS);
        Value product = ops.write("MatMul", new long[] {input.size(0), weights.size(1)}, List.of(input, weights));
        Value scaled = ops.multiply(
                standardized(product, ops),
                site.constant("g", site.parameter("g").reshape(1, -1)));
        return site.has(BIAS) ? ops.add(scaled, site.constant(BIAS)) : scaled;
    }

    /** Rows with mean 0 and deviation 1, as DL4J does it: no epsilon under the root, and equal values become 0. */
    static Value standardized(Value rows, Operators ops) {
        Value mean = ops.reduce("ReduceMean", rows, Operators.Axes.KEPT, 1);
        Value centred = ops.binary("Sub", rows, mean);
        Value variance = ops.reduce("ReduceMean", ops.multiply(centred, centred), Operators.Axes.KEPT, 1);
        Value deviation = ops.binary("Max", ops.unary("Sqrt", variance), ops.scalar(SMALLEST_DEVIATION));
        return ops.binary("Div", centred, deviation);
    }

    private static Value embedding(EmbeddingLayer layer, Value input, LayerSite site) {
        Value rows = gathered(input.rank() == 1 ? input : site.ops().reshape(input, input.size(0)), site);
        return Activations.write(layer.getActivationFn(), rows, site.ops());
    }

    private static Value embeddingSequence(EmbeddingSequenceLayer layer, Value input, LayerSite site) {
        Value indices = input.rank() == 3 ? site.ops().squeeze(input, 1) : input;
        Value rows = gathered(indices, site);
        Value series = ChannelOrder.of(layer.getOutputFormat()) == ChannelOrder.LAST
                ? rows
                : site.ops().transpose(rows, 0, 2, 1);
        return Activations.write(layer.getActivationFn(), series, site.ops());
    }

    /** The rows of W that the indices, whole numbers in an array of the graph's type, name. */
    private static Value gathered(Value indices, LayerSite site) {
        Operators ops = site.ops();
        Value weights = site.constant(WEIGHTS);
        long[] dims = java.util.Arrays.copyOf(indices.dims(), indices.rank() + 1);
        dims[indices.rank()] = weights.size(1);
        Value whole = ops.cast(indices, TensorProto.DataType.INT64);
        Value rows = ops.write("Gather", dims, List.of(weights, whole));
        return site.has(BIAS) ? ops.add(rows, site.constant(BIAS)) : rows;
    }

    private static Value elementWise(ElementWiseMultiplicationLayer layer, Value input, LayerSite site) {
        Operators ops = site.ops();
        Value scaled = ops.multiply(
                input, site.constant(WEIGHTS, site.parameter(WEIGHTS).reshape(1, -1)));
        Value z = ops.add(scaled, site.constant(BIAS));
        return Activations.write(layer.getActivationFn(), z, ops);
    }
}
