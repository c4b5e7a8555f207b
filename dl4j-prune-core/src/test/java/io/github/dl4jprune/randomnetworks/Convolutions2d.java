package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.Activation;

/** Two-dimensional layers with convolution weights. */
final class Convolutions2d {
    /** The geometry of a window, drawn so that it fits. */
    @SuppressWarnings("ArrayRecordComponent") // what DL4J takes
    private record Window(int[] kernel, int[] stride, int[] dilation, int[] padding, ConvolutionMode mode) {}

    private final Pen pen;
    private final Choices choices;
    private final CommonLayers common;

    Convolutions2d(Pen pen, CommonLayers common) {
        this.pen = pen;
        this.common = common;
        this.choices = pen.choices();
    }

    Flow any(Flow in) {
        Layer layer = convolution(window(in), pen.width(), choices.chance(0.7));
        return pen.sketch().layer(layer, in);
    }

    /** Same height and width. */
    Flow same(Flow in, int channels) {
        int size = choices.oneOf(1, 2, 3);
        Layer layer = new ConvolutionLayer.Builder(size, choices.oneOf(1, size))
                .convolutionMode(ConvolutionMode.Same)
                .nOut(channels)
                .hasBias(choices.chance(0.7))
                .activation(pen.activation())
                .build();
        return pen.sketch().layer(layer, in);
    }

    /** One window over a vector that the preprocessor turns into an image. */
    Flow fromVector(Flow in, FeedForwardToCnnPreProcessor preProcessor) {
        Layer layer = new ConvolutionLayer.Builder(2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(pen.width())
                .activation(pen.activation())
                .build();
        return pen.sketch().layer(layer, preProcessor, in);
    }

    /** One by one, without an activation function. */
    Flow linear(Flow in, int channels) {
        Layer layer = new ConvolutionLayer.Builder(1, 1)
                .nOut(channels)
                .convolutionMode(ConvolutionMode.Truncate)
                .activation(Activation.IDENTITY)
                .build();
        return pen.sketch().layer(layer, in);
    }

    Flow frozen(Flow in) {
        Layer layer = convolution(window(in), pen.width(), true);
        return common.frozen(layer, in);
    }

    Flow deconvolution(Flow in) {
        boolean same = choices.chance(0.5);
        Layer layer = new Deconvolution2D.Builder(choices.oneOf(1, 2, 3), choices.oneOf(2, 3))
                .stride(same || in.height() <= 3 ? choices.oneOf(1, 2) : 1, 1)
                .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                .nOut(pen.width())
                .hasBias(choices.chance(0.7))
                .activation(pen.activation())
                .build();
        return pen.sketch().layer(layer, in);
    }

    /** Two channels and more: DL4J fails on one. */
    Flow separable(Flow in) {
        Window window = wide(window(in));
        Layer layer = new SeparableConvolution2D.Builder(window.kernel, window.stride, window.padding)
                .convolutionMode(window.mode)
                .depthMultiplier(choices.between(1, 3))
                .nOut(pen.width())
                .hasBias(biasAllowed())
                .activation(pen.activation())
                .build();
        return pen.sketch().layer(layer, in);
    }

    Flow depthwise(Flow in) {
        Window window = wide(window(in));
        Layer layer = new DepthwiseConvolution2D.Builder(window.kernel, window.stride, window.padding)
                .convolutionMode(window.mode)
                .depthMultiplier(in.channels() > 5 ? 1 : choices.between(1, 3))
                .hasBias(biasAllowed())
                .activation(pen.activation())
                .build();
        return pen.sketch().layer(layer, in);
    }

    Flow locallyConnected(Flow in) {
        boolean same = choices.chance(0.3);
        Layer layer = new LocallyConnected2D.Builder()
                .kernelSize(2, Math.min(2, in.width()))
                .stride(1, 1)
                .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate)
                .nOut(choices.between(2, 5))
                .hasBias(choices.chance(0.7))
                .activation(choices.oneOf(Activation.RELU, Activation.TANH, Activation.IDENTITY, Activation.ELU))
                .build();
        return pen.sketch().layer(layer, in);
    }

    // L2 and weight decay hit the wrong elements of these layers when they have a bias.
    private boolean biasAllowed() {
        return !pen.options().regularised() && choices.chance(0.6);
    }

    private Layer convolution(Window window, int channels, boolean bias) {
        return new ConvolutionLayer.Builder(window.kernel, window.stride, window.padding)
                .dilation(window.dilation)
                .convolutionMode(window.mode)
                .nOut(channels)
                .hasBias(bias)
                .activation(pen.activation())
                .build();
    }

    private Window window(Flow in) {
        int[] kernel = {choices.between(1, Math.min(3, in.height())), choices.between(1, Math.min(3, in.width()))};
        int[] none = {0, 0};
        int[] one = {1, 1};
        if (choices.chance(0.5)) {
            return new Window(kernel, strides(in), one, none, ConvolutionMode.Same);
        }
        if (choices.chance(0.3)) {
            return new Window(kernel, one, one, none, ConvolutionMode.Strict);
        }
        int[] dilation = {dilation(kernel[0], in.height()), dilation(kernel[1], in.width())};
        int[] padding = {choices.between(0, kernel[0] - 1), choices.between(0, kernel[1] - 1)};
        int[] stride = dilation[0] + dilation[1] > 2 ? one : strides(in);
        return new Window(kernel, stride, dilation, padding, ConvolutionMode.Truncate);
    }

    // A window of one by one and a single channel, if only after pruning, does not train in DL4J.
    private static Window wide(Window window) {
        return window.kernel[0] * window.kernel[1] > 1
                ? window
                : new Window(new int[] {2, 2}, window.stride, window.dilation, new int[] {0, 0}, ConvolutionMode.Same);
    }

    private int[] strides(Flow in) {
        return new int[] {in.height() > 4 ? choices.between(1, 2) : 1, in.width() > 4 ? choices.between(1, 2) : 1};
    }

    private int dilation(int kernel, int size) {
        return kernel > 1 && 2 * (kernel - 1) + 1 <= size && choices.chance(0.3) ? 2 : 1;
    }
}
