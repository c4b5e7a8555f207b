package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks over volumes, channels first. */
final class Cnn3dGrammar implements Grammar {
    private final Pen pen;
    private final Choices choices;
    private final CommonLayers common;
    private final Moves moves = new Moves();

    Cnn3dGrammar(Pen pen) {
        this.pen = pen;
        this.choices = pen.choices();
        this.common = new CommonLayers(pen);
        moves.add(this::convolution)
                .add(this::convolution)
                .add(in -> largest(in) <= 4, this::deconvolution)
                .add(common::activation)
                .add(this::frozen)
                .add(in -> smallest(in) >= 3, this::pooling)
                .add(in -> smallest(in) >= 3, this::pooling)
                .add(in -> largest(in) <= 3, in -> pen.sketch().layer(new Upsampling3D.Builder(2).build(), in))
                .add(
                        in -> largest(in) <= 4,
                        in -> pen.sketch().layer(new ZeroPadding3DLayer.Builder(0, 1, 1, 0, 1, 0).build(), in))
                .add(
                        in -> smallest(in) >= 3,
                        in -> pen.sketch().layer(new Cropping3D.Builder(0, 1, 1, 0, 0, 1).build(), in))
                .add(in -> pen.options().dropout(), common::dropout);
    }

    @Override
    public Flow start() {
        InputType type = InputType.convolutional3D(
                Convolution3D.DataFormat.NCDHW,
                choices.between(3, 4),
                choices.between(3, 5),
                choices.between(3, 4),
                choices.between(1, 3));
        Flow in = pen.sketch().input(type);
        return choices.chance(0.2) ? frozen(in) : convolution(in);
    }

    @Override
    public Flow step(Flow in) {
        return in.channels() > 8 ? convolution(in) : moves.any(in, choices);
    }

    @Override
    public Flow mix(Flow in, int channels) {
        int size = choices.between(1, 2);
        return pen.sketch().layer(layer(size, ConvolutionMode.Same, channels), in);
    }

    @Override
    public void finish(Flow in) {
        VectorHeads vectors = new VectorHeads(pen, common);
        int draw = choices.between(0, 3);
        if (draw == 0) {
            Layer loss = new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                    .lossFunction(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .build();
            pen.sketch().output(pen.sketch().layer(loss, mix(in, choices.between(2, 3))), Sketch.Labels.REAL);
        } else if (draw <= 2) {
            vectors.finish(common.dense(in, pen.width()));
        } else {
            vectors.finish(common.globalPooling(in));
        }
    }

    private Flow convolution(Flow in) {
        return pen.sketch().layer(layer(in), in);
    }

    private Flow frozen(Flow in) {
        return common.frozen(layer(in), in);
    }

    private Layer layer(Flow in) {
        int size = choices.between(1, Math.min(2, smallest(in)));
        return layer(
                size, choices.chance(0.6) ? ConvolutionMode.Same : ConvolutionMode.Truncate, choices.between(2, 5));
    }

    private Layer layer(int size, ConvolutionMode mode, int channels) {
        return new Convolution3D.Builder(size, size, size)
                .dataFormat(Convolution3D.DataFormat.NCDHW)
                .convolutionMode(mode)
                .nOut(channels)
                .hasBias(choices.chance(0.7))
                .activation(pen.activation())
                .build();
    }

    private Flow deconvolution(Flow in) {
        Layer layer = new Deconvolution3D.Builder()
                .kernelSize(2, 2, 2)
                .stride(1, 1, 1)
                .dataFormat(Convolution3D.DataFormat.NCDHW)
                .convolutionMode(ConvolutionMode.Same)
                .nOut(choices.between(2, 4))
                .activation(pen.activation())
                .build();
        return pen.sketch().layer(layer, in);
    }

    private Flow pooling(Flow in) {
        int stride = choices.between(1, 2); // DL4J's type inference takes the stride of the height for the width
        Layer layer = new Subsampling3DLayer.Builder(
                        choices.oneOf(PoolingType.MAX, PoolingType.AVG), new int[] {2, 2, 2})
                .stride(choices.between(1, 2), stride, stride)
                .dataFormat(Convolution3D.DataFormat.NCDHW)
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
        return pen.sketch().layer(layer, in);
    }

    private static int largest(Flow in) {
        return Math.max(in.depth(), Math.max(in.height(), in.width()));
    }

    private static int smallest(Flow in) {
        return Math.min(in.depth(), Math.min(in.height(), in.width()));
    }
}
