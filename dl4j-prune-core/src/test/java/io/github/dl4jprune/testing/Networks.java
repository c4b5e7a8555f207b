package io.github.dl4jprune.testing;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/** Small networks for tests, in DOUBLE: 3x8x8 images in, 5 classes out. */
public final class Networks {
    private Networks() {}

    /** One row a class, in turn. */
    public static INDArray oneHot(int examples, int classes) {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, examples, classes);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, i % classes, 1.0);
        }
        return labels;
    }

    /** Builder with a fixed seed, an updater and tanh, which has no kinks for rounding to fall on. */
    public static NeuralNetConfiguration.Builder builder(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(42)
                .dataType(DataType.DOUBLE)
                .updater(updater)
                .activation(Activation.TANH)
                .convolutionMode(ConvolutionMode.Same);
    }

    /** Stem (6) and inner (6) convolutions, outer (6) added to the stem; the sum beside inner, pooled, dense output. */
    public static ComputationGraph residual(IUpdater updater) {
        ComputationGraph network = new ComputationGraph(builder(updater)
                .graphBuilder()
                .addInputs("image")
                .addLayer("stem", convolution(6), "image")
                .addLayer("stemNorm", new BatchNormalization(), "stem")
                .addLayer("inner", convolution(6), "stemNorm")
                .addLayer("side", convolution(2), "inner")
                .addVertex("innerAndSide", new MergeVertex(), "inner", "side")
                .addLayer("outer", convolution(6), "innerAndSide")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "stemNorm", "outer")
                .addVertex("both", new MergeVertex(), "sum", "inner")
                .addLayer(
                        "pool",
                        new SubsamplingLayer.Builder()
                                .kernelSize(2, 2)
                                .stride(2, 2)
                                .build(),
                        "both")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .nOut(5)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "pool")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(8, 8, 3))
                .build());
        network.init();
        return network;
    }

    /** Convolution (4), batch norm, pool, dense (6), output. */
    public static MultiLayerNetwork chain(IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(builder(updater)
                .list()
                .layer(named("first", convolution(4)))
                .layer(new BatchNormalization())
                .layer(new SubsamplingLayer.Builder()
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new DenseLayer.Builder().name("hidden").nOut(6).build())
                .layer(new OutputLayer.Builder()
                        .nOut(5)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 3))
                .build());
        network.init();
        return network;
    }

    private static ConvolutionLayer named(String name, ConvolutionLayer layer) {
        layer.setLayerName(name);
        return layer;
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(3, 3).nOut(channels).build();
    }
}
