package io.github.dl4jprune.folding;

import io.github.dl4jprune.testing.Networks;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Networks whose constants are worth folding, in DOUBLE, and what they are made of. */
final class FoldingNetworks {
    private FoldingNetworks() {}

    static ListBuilder chain() {
        return Networks.builder(new Sgd(0.1))
                .convolutionMode(ConvolutionMode.Truncate)
                .list();
    }

    static GraphBuilder graph() {
        return Networks.builder(new Sgd(0.1))
                .convolutionMode(ConvolutionMode.Truncate)
                .graphBuilder()
                .addInputs("in");
    }

    static MultiLayerNetwork started(ListBuilder builder) {
        MultiLayerNetwork network = new MultiLayerNetwork(builder.build());
        network.init();
        return filled(network);
    }

    static ComputationGraph started(GraphBuilder builder) {
        ComputationGraph network = new ComputationGraph(builder.build());
        network.init();
        return filled(network);
    }

    /** Biases, shifts and statistics of a network just initialised are zeros and ones. */
    private static <N extends Model> N filled(N network) {
        Nd4j.getRandom().setSeed(7);
        network.params().assign(Nd4j.rand(network.params().shape()).subi(0.4));
        return network;
    }

    static DenseLayer dense(String name, int units, Activation activation) {
        return new DenseLayer.Builder()
                .name(name)
                .nOut(units)
                .activation(activation)
                .build();
    }

    static OutputLayer output() {
        return new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build();
    }

    static ActivationLayer activation(Activation function) {
        return new ActivationLayer.Builder().activation(function).build();
    }

    static ConvolutionLayer convolution(String name, int channels, int size) {
        return convolution(name, channels, size, Activation.TANH);
    }

    static ConvolutionLayer convolution(String name, int channels, int size, Activation activation) {
        return convolution(name, channels, size, activation, CNN2DFormat.NCHW);
    }

    static ConvolutionLayer convolution(
            String name, int channels, int size, Activation activation, CNN2DFormat format) {
        return new ConvolutionLayer.Builder(size, size)
                .name(name)
                .nOut(channels)
                .activation(activation)
                .dataFormat(format)
                .build();
    }

    static ConvolutionLayer withoutBias(String name) {
        return new ConvolutionLayer.Builder(3, 3)
                .name(name)
                .nOut(3)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
    }

    static ConvolutionLayer padded(String name, Activation activation) {
        return new ConvolutionLayer.Builder(3, 3)
                .name(name)
                .nOut(2)
                .activation(activation)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    static SubsamplingLayer pooling(PoolingType type, ConvolutionMode mode, CNN2DFormat format) {
        return new SubsamplingLayer.Builder(
                        SubsamplingLayer.PoolingType.valueOf(type.name()), new int[] {2, 2}, new int[] {2, 2})
                .convolutionMode(mode)
                .dataFormat(format)
                .build();
    }
}
