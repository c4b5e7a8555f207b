package io.github.dl4jprune.channel;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;

/** Convolutions. Parameter shapes: W [out, in, kernel...] unless a rule says otherwise; b [out]. */
final class ConvolutionRules {
    private ConvolutionRules() {}

    static void register() {
        LayerRules.register(ConvolutionLayer.class, ConvolutionRules::convolution2d);
        LayerRules.register(Convolution2D.class, ConvolutionRules::convolution2d);
        LayerRules.register(Convolution1DLayer.class, ConvolutionRules::convolution1d);
        LayerRules.register(Convolution1D.class, ConvolutionRules::convolution1d);
        LayerRules.register(Convolution3D.class, ConvolutionRules::convolution3d);
        LayerRules.register(Deconvolution2D.class, ConvolutionRules::deconvolution2d);
        LayerRules.register(Deconvolution3D.class, ConvolutionRules::deconvolution3d);
        LayerRules.register(SeparableConvolution2D.class, ConvolutionRules::separable);
        LayerRules.register(DepthwiseConvolution2D.class, ConvolutionRules::depthwise);
        LayerRules.register(LocallyConnected2D.class, ConvolutionRules::locallyConnected);
    }

    static int channelAxis(CNN2DFormat format) {
        return format == CNN2DFormat.NHWC ? 3 : 1;
    }

    static int channelAxis(RNNFormat format) {
        return format == RNNFormat.NWC ? 2 : 1;
    }

    private static int channelAxis(Convolution3D.DataFormat format) {
        return format == Convolution3D.DataFormat.NDHWC ? 4 : 1;
    }

    private static Activation convolution2d(ConvolutionLayer layer, LayerTrace trace) {
        return plain(layer, trace, 4, channelAxis(layer.getCnn2dDataFormat()));
    }

    /** W is [kernel, in, out]. */
    private static Activation convolution1d(Convolution1DLayer layer, LayerTrace trace) {
        trace.input("W", 1, trace.read(layer.getNIn()));
        int[] out = trace.produce(layer.getNOut());
        trace.output("W", 2, out);
        return finish(layer, trace, new Activation(out, 3, channelAxis(layer.getRnnDataFormat()), true));
    }

    private static Activation convolution3d(Convolution3D layer, LayerTrace trace) {
        return plain(layer, trace, 5, channelAxis(layer.getDataFormat()));
    }

    private static Activation plain(ConvolutionLayer layer, LayerTrace trace, int rank, int axis) {
        trace.input("W", 1, trace.read(layer.getNIn()));
        int[] out = trace.produce(layer.getNOut());
        trace.output("W", 0, out);
        return finish(layer, trace, new Activation(out, rank, axis, true));
    }

    private static Activation deconvolution2d(Deconvolution2D layer, LayerTrace trace) {
        trace.input("W", 0, trace.read(layer.getNIn()));
        int[] out = trace.produce(layer.getNOut());
        trace.output("W", 1, out);
        return finish(layer, trace, new Activation(out, 4, channelAxis(layer.getCnn2dDataFormat()), true));
    }

    /** W is [kD, kH, kW, out, in]. */
    private static Activation deconvolution3d(Deconvolution3D layer, LayerTrace trace) {
        trace.input("W", 4, trace.read(layer.getNIn()));
        int[] out = trace.produce(layer.getNOut());
        trace.output("W", 3, out);
        return finish(layer, trace, new Activation(out, 5, channelAxis(layer.getDataFormat()), true));
    }

    /** W is [multiplier, in, kH, kW], pW is [out, in * multiplier, 1, 1] with index in * multiplier + m. */
    private static Activation separable(SeparableConvolution2D layer, LayerTrace trace) {
        int[] in = trace.read(layer.getNIn());
        // M2.1's kernel computes something else, or fails, when there is one input channel
        trace.input("W", 1, in, 2);
        trace.input("pW", 1, Activation.repeatEach(in, layer.getDepthMultiplier()));
        int[] out = trace.produce(layer.getNOut());
        trace.output("pW", 0, out);
        return finish(layer, trace, new Activation(out, 4, channelAxis(layer.getCnn2dDataFormat()), true));
    }

    /** W is [kH, kW, in, multiplier]; output channel in * multiplier + m lives and dies with input channel in. */
    private static Activation depthwise(DepthwiseConvolution2D layer, LayerTrace trace) {
        int[] in = trace.read(layer.getNIn());
        trace.output("W", 2, in);
        int[] out = Activation.repeatEach(in, layer.getDepthMultiplier());
        trace.owns(out);
        return finish(layer, trace, new Activation(out, 4, channelAxis(layer.getCnn2dDataFormat()), true));
    }

    /** W is [positions, in * kH * kW, out] with the input channel slowest. */
    private static Activation locallyConnected(LocallyConnected2D layer, LayerTrace trace) {
        int kernel = layer.getKernel()[0] * layer.getKernel()[1];
        trace.input("W", 1, Activation.repeatEach(trace.read(layer.getNIn()), kernel));
        int[] out = trace.produce(layer.getNOut());
        trace.output("W", 2, out);
        if (layer.isHasBias()) {
            trace.output("b", 0, out);
        }
        Activation output = new Activation(out, 4, channelAxis(layer.getFormat()), true);
        return ActivationFunctions.apply(layer.getActivation().getActivationFunction(), output, trace);
    }

    private static Activation finish(ConvolutionLayer layer, LayerTrace trace, Activation output) {
        if (layer.hasBias()) {
            trace.output("b", 0, output.ids());
        }
        return ActivationFunctions.apply(layer.getActivationFn(), output, trace);
    }
}
