package io.github.dl4jprune.randomnetworks;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Two small networks whose channels can be followed by hand. */
final class HandMade {
    private HandMade() {}

    /** 4x4x2 images: conv 3, batch norm, ReLU, 2x2 pooling, depthwise times 2, flatten, dense 4, output 2. */
    static MultiLayerNetwork chain(CNN2DFormat format) {
        MultiLayerNetwork network = new MultiLayerNetwork(base().list()
                .layer(convolution(3).name("conv").build())
                .layer(new BatchNormalization.Builder().name("norm").build())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(new SubsamplingLayer.Builder(
                                SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
                        .name("pool")
                        .build())
                .layer(new DepthwiseConvolution2D.Builder(1, 1)
                        .depthMultiplier(2)
                        .name("depthwise")
                        .build())
                .layer(new DenseLayer.Builder()
                        .nOut(4)
                        .activation(Activation.TANH)
                        .name("dense")
                        .build())
                .layer(output())
                .setInputType(InputType.convolutional(4, 4, 2, format))
                .build());
        network.init();
        return network;
    }

    /** 4x4x2 images: conv a 3, conv b 3 on a, a + b, merged with conv c 2 on the input, conv d 2 on that, flatten, output 2. */
    static ComputationGraph graph() {
        GraphBuilder builder = base().graphBuilder().addInputs("in");
        builder.addLayer("a", convolution(3).build(), "in")
                .addLayer("b", convolution(3).build(), "a")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
                .addLayer("c", convolution(2).build(), "in")
                .addVertex("merge", new MergeVertex(), "sum", "c")
                .addLayer("d", convolution(2).build(), "merge")
                .addLayer("out", output(), "d")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(4, 4, 2));
        ComputationGraph network = new ComputationGraph(builder.build());
        network.init();
        return network;
    }

    /** Two random images. */
    static INDArray images(CNN2DFormat format) {
        Nd4j.getRandom().setSeed(7);
        return format == CNN2DFormat.NCHW
                ? Nd4j.randn(DataType.DOUBLE, 2, 2, 4, 4)
                : Nd4j.randn(DataType.DOUBLE, 2, 4, 4, 2);
    }

    private static NeuralNetConfiguration.Builder base() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .activation(Activation.IDENTITY);
    }

    private static ConvolutionLayer.Builder convolution(int channels) {
        return new ConvolutionLayer.Builder(3, 3).nOut(channels).convolutionMode(ConvolutionMode.Same);
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE).nOut(2).name("out").build();
    }
}
