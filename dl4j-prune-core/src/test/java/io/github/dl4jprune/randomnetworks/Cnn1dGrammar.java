package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;

/** Networks over time series with convolutions; steps last only, since DL4J does not train these layers with channels last. */
final class Cnn1dGrammar implements Grammar {
    private final Pen pen;
    private final Choices choices;
    private final CommonLayers common;
    private final RecurrentLayers recurrent;
    private final Moves moves = new Moves();

    Cnn1dGrammar(Pen pen) {
        this.pen = pen;
        this.choices = pen.choices();
        this.common = new CommonLayers(pen);
        this.recurrent = new RecurrentLayers(pen);
        moves.add(this::convolution)
                .add(this::convolution)
                .add(common::activation)
                .add(this::frozen)
                .add(in -> pen.options().dropout(), common::dropout)
                .add(in -> in.steps() >= 3, this::pooling)
                .add(in -> in.steps() >= 3, this::pooling)
                .add(in -> in.steps() <= 4, in -> resized(new Upsampling1D.Builder(2).build(), in, in.steps() * 2))
                .add(in -> in.steps() <= 8, this::padding)
                .add(in -> in.steps() >= 4, this::cropping)
                .add(this::prelu)
                .add(in -> choices.chance(0.5), recurrent::any);
    }

    @Override
    public Flow start() {
        Flow in = Series.input(pen, RNNFormat.NCW);
        return choices.chance(0.2) ? frozen(in) : convolution(in);
    }

    @Override
    public Flow step(Flow in) {
        return in.channels() > 12 ? convolution(in) : moves.any(in, choices);
    }

    @Override
    public Flow mix(Flow in, int channels) {
        return pen.sketch().layer(layer(choices.between(1, 3), 1, ConvolutionMode.Same, channels), in);
    }

    @Override
    public void finish(Flow in) {
        new SeriesHeads(pen, common, recurrent).finish(in);
    }

    private Flow convolution(Flow in) {
        return pen.sketch().layer(layer(in), in);
    }

    private Flow frozen(Flow in) {
        return common.frozen(layer(in), in);
    }

    private Layer layer(Flow in) {
        int kernel = choices.between(1, Math.min(3, in.steps()));
        int stride = in.steps() > 4 ? choices.between(1, 2) : 1;
        ConvolutionMode mode = choices.oneOf(ConvolutionMode.Same, ConvolutionMode.Truncate, ConvolutionMode.Causal);
        return layer(kernel, stride, mode, pen.width());
    }

    private Layer layer(int kernel, int stride, ConvolutionMode mode, int channels) {
        return new Convolution1DLayer.Builder(kernel, stride)
                .convolutionMode(mode)
                .nOut(channels)
                .hasBias(choices.chance(0.7))
                .activation(pen.activation())
                .build();
    }

    private Flow pooling(Flow in) {
        PoolingType type = pen.normPoolable(in) && choices.chance(0.7)
                ? PoolingType.PNORM
                : choices.oneOf(PoolingType.MAX, PoolingType.AVG);
        Subsampling1DLayer.Builder layer = new Subsampling1DLayer.Builder(type, 2, choices.between(1, 2))
                .convolutionMode(choices.chance(0.5) ? ConvolutionMode.Same : ConvolutionMode.Truncate);
        return pen.sketch().layer((type == PoolingType.PNORM ? layer.pnorm(2) : layer).build(), in);
    }

    private Flow padding(Flow in) {
        int left = choices.between(0, 1);
        return resized(new ZeroPadding1DLayer.Builder(left, 1).build(), in, in.steps() + left + 1);
    }

    private Flow cropping(Flow in) {
        int left = choices.between(0, 1);
        return resized(new Cropping1D.Builder(left, 1).build(), in, in.steps() - left - 1);
    }

    private Flow prelu(Flow in) {
        return common.prelu(in, new long[] {in.channels(), in.steps()}, new long[] {2});
    }

    private Flow resized(Layer layer, Flow in, int steps) {
        return pen.sketch().typedLayer(layer, null, in, Series.type(in, in.channels(), steps));
    }
}
