package io.github.dl4jprune.storage;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Networks of a few hundred parameters that have trained two steps, so that counters and updater state are not zero. */
final class SmallNetworks {
    private SmallNetworks() {}

    static MultiLayerNetwork layers(DataType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(base(type)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).name("conv").nOut(4).build())
                .layer(new OutputLayer.Builder()
                        .name("output")
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(6, 6, 1))
                .build());
        network.init();
        DataSet batch = new DataSet(images(type), labels(type));
        network.fit(batch);
        network.fit(batch);
        return network;
    }

    static ComputationGraph graph(DataType type) {
        ComputationGraph network = new ComputationGraph(base(type)
                .graphBuilder()
                .addInputs("in")
                .addLayer("größe", new DenseLayer.Builder().nOut(5).build(), "in")
                .addLayer(
                        "output",
                        new OutputLayer.Builder()
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "größe")
                .setOutputs("output")
                .setInputTypes(InputType.feedForward(3))
                .build());
        network.init();
        network.fit(new DataSet(Nd4j.linspace(type, 0, 1.0 / 6, 6).reshape(2, 3), labels(type)));
        return network;
    }

    static INDArray images(DataType type) {
        return Nd4j.linspace(type, 0, 1.0 / 72, 72).reshape(2, 1, 6, 6);
    }

    private static INDArray labels(DataType type) {
        return Nd4j.eye(2).castTo(type);
    }

    private static NeuralNetConfiguration.Builder base(DataType type) {
        return new NeuralNetConfiguration.Builder().seed(7).dataType(type).updater(new Adam(0.01));
    }
}
