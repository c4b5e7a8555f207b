package io.github.dl4jprune.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Locally connected layers: a Conv with a kernel of ones and zeros cuts out the patches, and a MatMul gives each its own
 * weights. DL4J M2.1 numbers the patches column by column and reads the products row by row, which is kept.
 */
final class LocallyConnected {
    private LocallyConnected() {}

    static Value write(LocallyConnected2D layer, Value input, LayerSite site) {
        Operators ops = site.ops();
        ChannelOrder order = ChannelOrder.of(layer.getFormat());
        Value x = order.toFirst(ops, input);
        int[] kernel = layer.getKernel();
        Window.Settings settings =
                new Window.Settings(kernel, layer.getStride(), layer.getPadding(), layer.getDilation(), layer.getCm());
        Value cutter = site.constant("patches", cutter(x.size(1), kernel[0], kernel[1]));
        Value patches = Convolutions.convolve(List.of(x, cutter), settings, 1, ops);
        long size = patches.size(1);
        long height = patches.size(2);
        long width = patches.size(3);
        Value byColumn = ops.reshape(ops.transpose(patches, 3, 2, 0, 1), height * width, x.size(0), size);
        Value weights = site.constant("W");
        Value products = ops.write(
                "MatMul", new long[] {height * width, x.size(0), weights.size(2)}, List.of(byColumn, weights));
        Value z = ops.transpose(ops.reshape(products, height, width, x.size(0), weights.size(2)), 2, 3, 0, 1);
        if (site.has("b")) {
            z = ops.add(z, site.constant("b", site.parameter("b").reshape(-1, 1, 1)));
        }
        return Activations.writeChannelsFirst(layer.getActivation().getActivationFunction(), z, order, ops);
    }

    /** Output channel {@code (c * kH + i) * kW + j} is the input's channel c, shifted by i rows and j columns. */
    private static INDArray cutter(long channels, int height, int width) {
        long size = channels * height * width;
        return Nd4j.eye(size).reshape('c', size, channels, height, width);
    }
}
