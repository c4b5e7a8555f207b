package io.github.dl4jprune.onnx;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Depthwise and separable convolutions: Conv with one group a channel. Output channel {@code c * multiplier + m}. */
final class GroupedConvolutions {
    private GroupedConvolutions() {}

    static void register() {
        Layers.register(DepthwiseConvolution2D.class, GroupedConvolutions::depthwise);
        Layers.register(SeparableConvolution2D.class, GroupedConvolutions::separable);
    }

    /** W is [kH, kW, in, multiplier]. */
    private static Value depthwise(DepthwiseConvolution2D layer, Value input, LayerSite site) {
        ChannelOrder order = ChannelOrder.of(layer.getCnn2dDataFormat());
        Value x = order.toFirst(site.ops(), input);
        Value weights = site.constant("W", oneInputEach(site.parameter("W").permute(2, 3, 0, 1)));
        Value z = Convolutions.convolve(
                Convolutions.withBias(x, weights, site), Convolutions.settings(layer), x.size(1), site.ops());
        return Convolutions.finish(layer, z, order, site);
    }

    /** W is [multiplier, in, kH, kW]; pW mixes the channels. */
    private static Value separable(SeparableConvolution2D layer, Value input, LayerSite site) {
        ChannelOrder order = ChannelOrder.of(layer.getCnn2dDataFormat());
        Value x = order.toFirst(site.ops(), input);
        Value weights = site.constant("W", oneInputEach(site.parameter("W").permute(1, 0, 2, 3)));
        Value depthwise =
                Convolutions.convolve(List.of(x, weights), Convolutions.settings(layer), x.size(1), site.ops());
        Window.Settings point =
                new Window.Settings(new int[] {1, 1}, new int[] {1, 1}, new int[2], new int[] {1, 1}, null);
        Value z = Convolutions.convolve(depthwise, site.constant("pW"), point, site);
        return Convolutions.finish(layer, z, order, site);
    }

    /** From [in, multiplier, kH, kW] to [in * multiplier, 1, kH, kW]. */
    private static INDArray oneInputEach(INDArray weights) {
        return weights.dup('c').reshape('c', weights.size(0) * weights.size(1), 1, weights.size(2), weights.size(3));
    }
}
