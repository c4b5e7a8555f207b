package io.github.dl4jprune.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;

/** Convolutions and transposed convolutions: Conv and ConvTranspose. */
final class Convolutions {
    private static final String WEIGHTS = "W";
    private static final String BIAS = "b";

    private Convolutions() {}

    static void register() {
        Layers.register(ConvolutionLayer.class, Convolutions::convolution2d);
        Layers.register(Convolution2D.class, Convolutions::convolution2d);
        Layers.register(Convolution1DLayer.class, Convolutions::convolution1d);
        Layers.register(Convolution1D.class, Convolutions::convolution1d);
        Layers.register(Convolution3D.class, Convolutions::convolution3d);
        Layers.register(Deconvolution2D.class, Convolutions::deconvolution2d);
        Layers.register(Deconvolution3D.class, Convolutions::deconvolution3d);
    }

    static Window.Settings settings(ConvolutionLayer layer) {
        return new Window.Settings(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode());
    }

    private static Value convolution2d(ConvolutionLayer layer, Value input, LayerSite site) {
        ChannelOrder order = ChannelOrder.of(layer.getCnn2dDataFormat());
        Value x = order.toFirst(site.ops(), input);
        return finish(layer, convolve(x, site.constant(WEIGHTS), settings(layer), site), order, site);
    }

    private static Value convolution1d(Convolution1DLayer layer, Value input, LayerSite site) {
        ChannelOrder order = ChannelOrder.of(layer.getRnnDataFormat());
        Value x = order.toFirst(site.ops(), input);
        Value weights = site.constant(WEIGHTS, site.parameter(WEIGHTS).permute(2, 1, 0));
        return finish(layer, convolve(x, weights, settings(layer).first(1), site), order, site);
    }

    private static Value convolution3d(Convolution3D layer, Value input, LayerSite site) {
        ChannelOrder order = ChannelOrder.of(layer.getDataFormat());
        Value x = order.toFirst(site.ops(), input);
        return finish(layer, convolve(x, site.constant(WEIGHTS), settings(layer), site), order, site);
    }

    private static Value deconvolution2d(Deconvolution2D layer, Value input, LayerSite site) {
        ChannelOrder order = ChannelOrder.of(layer.getCnn2dDataFormat());
        return transposed(layer, input, site.constant(WEIGHTS), order, site);
    }

    private static Value deconvolution3d(Deconvolution3D layer, Value input, LayerSite site) {
        ChannelOrder order = ChannelOrder.of(layer.getDataFormat());
        Value weights = site.constant(WEIGHTS, site.parameter(WEIGHTS).permute(4, 3, 0, 1, 2));
        return transposed(layer, input, weights, order, site);
    }

    private static Value transposed(
            ConvolutionLayer layer, Value input, Value weights, ChannelOrder order, LayerSite site) {
        Value x = order.toFirst(site.ops(), input);
        Window window = Window.transposed(settings(layer), spatial(x));
        long[] dims = window.dims(x.size(0), weights.size(1));
        List<AttributeProto> with = new ArrayList<>(window.attributes());
        if (Arrays.stream(window.appended()).anyMatch(zeros -> zeros > 0)) {
            with.add(Attribute.longs("output_padding", window.appended()));
        }
        Value result = site.ops()
                .write("ConvTranspose", dims, withBias(x, weights, site), with.toArray(AttributeProto[]::new));
        return finish(layer, result, order, site);
    }

    /** A convolution of an array with channels on axis 1, the bias {@code b} included if the layer has one. */
    static Value convolve(Value x, Value weights, Window.Settings settings, LayerSite site) {
        return convolve(withBias(x, weights, site), settings, 1, site.ops());
    }

    static Value convolve(List<Value> read, Window.Settings settings, long groups, Operators ops) {
        Window window = Window.of(settings, spatial(read.get(0)));
        long[] dims = window.dims(read.get(0).size(0), read.get(1).size(0));
        return ops.write("Conv", dims, read, attributes(window, groups));
    }

    static List<Value> withBias(Value x, Value weights, LayerSite site) {
        return site.has(BIAS) ? List.of(x, weights, site.constant(BIAS)) : List.of(x, weights);
    }

    private static long[] spatial(Value x) {
        return Arrays.copyOfRange(x.dims(), 2, x.rank());
    }

    private static AttributeProto[] attributes(Window window, long groups) {
        List<AttributeProto> attributes = new ArrayList<>(window.attributes());
        if (groups != 1) {
            attributes.add(Attribute.of("group", groups));
        }
        return attributes.toArray(AttributeProto[]::new);
    }

    /** The activation function, and the layer's own axis order. */
    static Value finish(ConvolutionLayer layer, Value z, ChannelOrder order, LayerSite site) {
        return Activations.writeChannelsFirst(layer.getActivationFn(), z, order, site.ops());
    }
}
