package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/** Networks over images, channels first or last. */
final class Cnn2dGrammar implements Grammar {
    private static final int LARGEST = 9;
    private static final int MOST_CHANNELS = 16;

    private final Pen pen;
    private final Choices choices;
    private final Convolutions2d convolutions;
    private final CommonLayers common;
    private final Cnn2dHeads heads;
    private final CNN2DFormat format;
    private final Moves moves = new Moves();

    Cnn2dGrammar(Pen pen) {
        this.pen = pen;
        this.choices = pen.choices();
        this.common = new CommonLayers(pen);
        this.convolutions = new Convolutions2d(pen, common);
        this.heads = new Cnn2dHeads(pen, convolutions, common);
        this.format = choices.chance(0.25) ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
        moves.add(convolutions::any)
                .add(convolutions::any)
                .add(Cnn2dGrammar::small, convolutions::deconvolution)
                .add(in -> in.channels() >= 2, convolutions::separable)
                .add(in -> in.channels() <= 8, convolutions::depthwise)
                .add(
                        in -> in.height() >= 2 && in.height() <= 4 && in.width() >= 2 && in.width() <= 4,
                        convolutions::locallyConnected)
                .add(convolutions::frozen)
                .add(common::batchNormalization)
                .add(common::batchNormalization)
                .add(common::activation)
                .add(this::prelu)
                .add(in -> pen.options().dropout(), common::dropout)
                .add(in -> in.height() >= 3 && in.width() >= 3, this::pooling)
                .add(in -> in.height() >= 3 && in.width() >= 3, this::pooling)
                .add(in -> in.height() <= 4 && in.width() <= 4, this::upsampling)
                .add(Cnn2dGrammar::small, this::padding)
                .add(in -> in.height() >= 4 && in.width() >= 4, this::cropping)
                .add(Cnn2dGrammar::foldable, this::spaceToDepth)
                .add(Cnn2dGrammar::foldable, this::spaceToDepth)
                .add(in -> in.channels() >= 3 && choices.chance(0.5), this::lrn);
    }

    private static boolean foldable(Flow in) {
        return in.channels() <= 6 && in.height() % 2 == 0 && in.width() % 2 == 0;
    }

    private static boolean small(Flow in) {
        return in.height() <= LARGEST && in.width() <= LARGEST;
    }

    @Override
    public Flow start() {
        int height = choices.between(4, 8);
        int width = choices.chance(0.6) ? height : choices.between(4, 8);
        int channels = choices.between(1, 4);
        if (format == CNN2DFormat.NHWC) {
            pen.sketch().feature("NHWC");
        } else if (choices.chance(0.12)) {
            return fromVector(height, width);
        }
        Flow in = pen.sketch().input(InputType.convolutional(height, width, channels, format));
        return choices.chance(0.2) ? convolutions.frozen(in) : convolutions.any(in);
    }

    private Flow fromVector(int height, int width) {
        int channels = choices.between(2, 4);
        Flow flat = common.dense(pen.sketch().input(InputType.feedForward(pen.width())), channels * height * width);
        return convolutions.fromVector(flat, new FeedForwardToCnnPreProcessor(height, width, channels));
    }

    @Override
    public Flow step(Flow in) {
        return in.channels() > MOST_CHANNELS ? convolutions.any(in) : moves.any(in, choices);
    }

    @Override
    public Flow mix(Flow in, int channels) {
        return convolutions.same(in, channels);
    }

    @Override
    public void finish(Flow in) {
        heads.finish(in);
    }

    private Flow prelu(Flow in) {
        long[] shape = in.channelsFirst()
                ? new long[] {in.channels(), in.height(), in.width()}
                : new long[] {in.height(), in.width(), in.channels()};
        long[] shared = in.channelsFirst() ? new long[] {2, 3} : new long[] {1, 2};
        return common.prelu(in, shape, shared);
    }

    private Flow pooling(Flow in) {
        PoolingType type = pen.normPoolable(in) && choices.chance(0.6)
                ? PoolingType.PNORM
                : choices.oneOf(PoolingType.MAX, PoolingType.AVG);
        boolean same = choices.chance(0.4);
        SubsamplingLayer.Builder layer = new SubsamplingLayer.Builder(type)
                .kernelSize(2, choices.oneOf(2, 3))
                .stride(choices.between(1, 2), choices.between(1, 2))
                .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate);
        return pen.sketch().layer((type == PoolingType.PNORM ? layer.pnorm(2) : layer).build(), in);
    }

    private Flow upsampling(Flow in) {
        return pen.sketch().layer(new Upsampling2D.Builder(2).build(), in);
    }

    private Flow padding(Flow in) {
        int[] sides = {choices.between(0, 1), choices.between(0, 1), choices.between(0, 1), 1};
        return pen.sketch().layer(new ZeroPaddingLayer.Builder(sides).build(), in);
    }

    private Flow cropping(Flow in) {
        int[] sides = {choices.between(0, 1), choices.between(0, 1), choices.between(0, 1), 1};
        return pen.sketch().layer(new Cropping2D.Builder(sides).build(), in);
    }

    private Flow spaceToDepth(Flow in) {
        return pen.sketch().layer(new SpaceToDepthLayer.Builder<>(2, format).build(), in);
    }

    private Flow lrn(Flow in) {
        return pen.sketch().layer(new LocalResponseNormalization.Builder().build(), in);
    }
}
