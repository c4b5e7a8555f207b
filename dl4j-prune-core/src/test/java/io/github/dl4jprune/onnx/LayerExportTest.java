package io.github.dl4jprune.onnx;

import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One layer, or a few, against ONNX Runtime; what random networks rarely draw, or never. */
@SuppressWarnings({"deprecation", "rawtypes"}) // Graves' LSTMs are in saved networks; some builders are generic
class LayerExportTest {
    private static final int[] ONES = {1, 1};

    private static MultiLayerNetwork network(DataType type, InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list =
                new NeuralNetConfiguration.Builder().seed(5).dataType(type).list(layers);
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input).build());
        network.init();
        if (network.numParams() > 0) {
            network.params().addi(Nd4j.rand(type, network.params().shape()).muli(0.1));
        }
        return network;
    }

    /** Values around zero, three examples. */
    private static INDArray random(DataType type, long... ofExample) {
        return Nd4j.rand(type, Dims.batched(3, ofExample)).subi(0.5).muli(4);
    }

    private static void agree(InputType input, long[] shape, Layer... layers) {
        for (DataType type : Arrays.asList(DataType.FLOAT, DataType.DOUBLE)) {
            Agreement.check(network(type, input, layers), random(type, shape));
        }
    }

    private static void imagesAgree(CNN2DFormat format, Layer... layers) {
        long[] shape = format == CNN2DFormat.NCHW ? new long[] {4, 6, 7} : new long[] {6, 7, 4};
        agree(InputType.convolutional(6, 7, 4, format), shape, layers);
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"THRESHOLDEDRELU", "RRELU", "SOFTMAX"},
            mode = EnumSource.Mode.EXCLUDE)
    void every_activation_function(Activation activation) {
        agree(
                InputType.feedForward(5),
                new long[] {5},
                new DenseLayer.Builder().nOut(6).activation(activation).build());
    }

    static Stream<IActivation> variants() {
        return Stream.of(
                new ActivationGELU(true),
                new ActivationLReLU(0.3),
                new ActivationReLU(2.0, 0.5, 0.1),
                new ActivationReLU(1.5, 0.0, 0.2),
                Activation.THRESHOLDEDRELU.getActivationFunction(),
                Activation.RRELU.getActivationFunction(),
                Activation.SOFTMAX.getActivationFunction());
    }

    @ParameterizedTest
    @MethodSource("variants")
    void activation_functions_with_numbers_of_their_own(IActivation activation) {
        agree(
                InputType.feedForward(5),
                new long[] {5},
                new DenseLayer.Builder().nOut(6).activation(activation).build());
    }

    static Stream<Arguments> convolutions() {
        return Stream.of(CNN2DFormat.values())
                .flatMap(format -> Stream.of(
                                new ConvolutionLayer.Builder(3, 2)
                                        .dilation(2, 1)
                                        .nOut(3)
                                        .dataFormat(format),
                                new ConvolutionLayer.Builder(4, 4)
                                        .convolutionMode(ConvolutionMode.Same)
                                        .stride(2, 3)
                                        .nOut(3)
                                        .dataFormat(format),
                                new ConvolutionLayer.Builder(3, 3)
                                        .padding(1, 2)
                                        .stride(2, 2)
                                        .hasBias(false)
                                        .activation(Activation.SOFTMAX)
                                        .nOut(3)
                                        .dataFormat(format),
                                new Deconvolution2D.Builder(3, 3)
                                        .stride(2, 2)
                                        .padding(1, 1)
                                        .nOut(3)
                                        .dataFormat(format),
                                new Deconvolution2D.Builder(2, 3)
                                        .stride(3, 2)
                                        .convolutionMode(ConvolutionMode.Same)
                                        .nOut(3)
                                        .dataFormat(format),
                                new SeparableConvolution2D.Builder(3, 3)
                                        .depthMultiplier(2)
                                        .nOut(5)
                                        .dataFormat(format),
                                new DepthwiseConvolution2D.Builder(3, 3)
                                        .depthMultiplier(2)
                                        .stride(2, 2)
                                        .dataFormat(format))
                        .map(builder -> Arguments.of(format, builder.build())));
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void convolutions_over_images(CNN2DFormat format, Layer layer) {
        imagesAgree(format, layer);
    }

    @Test
    void a_causal_convolution_pads_the_past() {
        agree(
                InputType.recurrent(3, 9),
                new long[] {3, 9},
                new Convolution1DLayer.Builder(3)
                        .dilation(2)
                        .convolutionMode(ConvolutionMode.Causal)
                        .nOut(4)
                        .build());
    }

    @ParameterizedTest
    @EnumSource(Convolution3D.DataFormat.class)
    void convolutions_over_volumes(Convolution3D.DataFormat format) {
        long[] shape = format == Convolution3D.DataFormat.NCDHW ? new long[] {2, 4, 5, 6} : new long[] {4, 5, 6, 2};
        agree(
                InputType.convolutional3D(format, 4, 5, 6, 2),
                shape,
                new Convolution3D.Builder(2, 3, 2)
                        .stride(1, 2, 1)
                        .nOut(3)
                        .dataFormat(format)
                        .build());
    }

    static Stream<Arguments> pools() {
        return Stream.of(PoolingType.MAX, PoolingType.AVG, PoolingType.PNORM)
                .flatMap(type -> Stream.of(ConvolutionMode.Same, ConvolutionMode.Truncate)
                        .flatMap(mode -> Stream.of(true, false).map(padding -> Arguments.of(type, mode, padding))));
    }

    /** Whether padding counts in an average is asked of DL4J itself. */
    @ParameterizedTest
    @MethodSource("pools")
    void pools_over_images(PoolingType type, ConvolutionMode mode, boolean countPadding) {
        for (CNN2DFormat format : CNN2DFormat.values()) {
            imagesAgree(
                    format,
                    new SubsamplingLayer.Builder(type)
                            .kernelSize(3, 2)
                            .stride(2, 2)
                            .padding(mode == ConvolutionMode.Same ? new int[2] : new int[] {1, 1})
                            .convolutionMode(mode)
                            .pnorm(3)
                            .avgPoolIncludePadInDivisor(countPadding)
                            .dataFormat(format)
                            .build());
        }
    }

    /** ONNX Runtime would make one operator of both, and let the maximum forget the zeros. */
    @Test
    void a_maximum_behind_padding_sees_the_zeros() {
        for (CNN2DFormat format : CNN2DFormat.values()) {
            for (PoolingType type : Arrays.asList(PoolingType.MAX, PoolingType.AVG)) {
                Layer padding =
                        new ZeroPaddingLayer.Builder(3, 3).dataFormat(format).build();
                Layer pool = new SubsamplingLayer.Builder(type)
                        .kernelSize(2, 2)
                        .stride(1, 1)
                        .dataFormat(format)
                        .build();
                long[] shape = format == CNN2DFormat.NCHW ? new long[] {4, 6, 7} : new long[] {6, 7, 4};
                MultiLayerNetwork network =
                        network(DataType.FLOAT, InputType.convolutional(6, 7, 4, format), padding, pool);

                Agreement.check(network, random(DataType.FLOAT, shape).subi(5));
            }
        }
    }

    static Stream<Arguments> others() {
        return Stream.of(CNN2DFormat.values())
                .flatMap(format -> Stream.<Layer>of(
                                new LocallyConnected2D.Builder()
                                        .kernelSize(2, 3)
                                        .stride(ONES)
                                        .nOut(3)
                                        .setInputSize(6, 7)
                                        .dataFormat(format)
                                        .activation(Activation.TANH)
                                        .build(),
                                new BatchNormalization.Builder()
                                        .dataFormat(format)
                                        .build(),
                                new BatchNormalization.Builder()
                                        .lockGammaBeta(true)
                                        .gamma(2)
                                        .beta(0.5)
                                        .dataFormat(format)
                                        .build(),
                                new BatchNormalization.Builder()
                                        .lockGammaBeta(true)
                                        .gamma(2)
                                        .dataFormat(format)
                                        .build(),
                                new Upsampling2D.Builder(2).dataFormat(format).build(),
                                new ZeroPaddingLayer.Builder(1, 2, 3, 0)
                                        .dataFormat(format)
                                        .build(),
                                new Cropping2D.Builder(1, 2, 0, 3)
                                        .dataFormat(format)
                                        .build(),
                                new LocalResponseNormalization.Builder(2, 4, 0.5, 0.75)
                                        .dataFormat(format)
                                        .build())
                        .map(layer -> Arguments.of(format, layer)));
    }

    @ParameterizedTest
    @MethodSource("others")
    void other_layers_over_images(CNN2DFormat format, Layer layer) {
        imagesAgree(format, layer);
    }

    @Test
    void blocks_become_channels_or_examples() {
        long[] shape = {2, 6, 8};
        InputType input = InputType.convolutional(6, 8, 2);

        agree(input, shape, new SpaceToDepthLayer.Builder(2, CNN2DFormat.NCHW).build());
        agree(input, shape, new SpaceToBatchLayer.Builder(new int[] {3, 2}).build());
    }

    static Stream<Activation> recurrentFunctions() {
        return Stream.of(
                Activation.TANH,
                Activation.IDENTITY,
                Activation.SOFTSIGN,
                Activation.RELU,
                Activation.ELU,
                Activation.LEAKYRELU,
                Activation.SOFTPLUS,
                Activation.HARDSIGMOID);
    }

    @ParameterizedTest
    @MethodSource("recurrentFunctions")
    void an_lstm_with_another_function(Activation function) {
        agree(
                InputType.recurrent(3, 5),
                new long[] {3, 5},
                new LSTM.Builder()
                        .nOut(4)
                        .activation(function)
                        .gateActivationFunction(
                                function == Activation.ELU ? Activation.HARDSIGMOID : Activation.SIGMOID)
                        .build());
    }

    @Test
    void both_directions_of_graves_are_summed() {
        agree(
                InputType.recurrent(3, 5),
                new long[] {3, 5},
                new GravesBidirectionalLSTM.Builder()
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build());
    }

    @Test
    void a_dense_layer_for_each_time_step() {
        agree(
                InputType.recurrent(3, 5),
                new long[] {3, 5},
                new TimeDistributed(new DenseLayer.Builder()
                        .nIn(3)
                        .nOut(4)
                        .activation(Activation.TANH)
                        .build()));
    }
}
