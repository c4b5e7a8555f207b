package io.github.dl4jprune.examples;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** The two networks of the Deep Compression paper for MNIST, as Caffe's examples define them. */
final class LeNets {
    private LeNets() {}

    /** 784 - 300 - 100 - 10, ReLU: 266,610 parameters. */
    static MultiLayerNetwork lenet300100(long seed, int epochs) {
        return network(base(seed, epochs)
                .layer(new DenseLayer.Builder().name("ip1").nOut(300).build())
                .layer(new DenseLayer.Builder().name("ip2").nOut(100).build())
                .layer(output("ip3")));
    }

    /** Caffe's LeNet-5, linear convolutions of 20 and 50 channels, 500 hidden units: 431,080 parameters. */
    static MultiLayerNetwork lenet5(long seed, int epochs) {
        return network(base(seed, epochs)
                .layer(convolution("conv1", 20))
                .layer(pooling("pool1"))
                .layer(convolution("conv2", 50))
                .layer(pooling("pool2"))
                .layer(new DenseLayer.Builder().name("ip1").nOut(500).build())
                .layer(output("ip2")));
    }

    private static ListBuilder base(long seed, int epochs) {
        MapSchedule rate = new MapSchedule.Builder(ScheduleType.EPOCH)
                .add(0, 1e-3)
                .add(epochs * 2 / 3, 2e-4)
                .add(epochs * 5 / 6, 5e-5)
                .build();
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.RELU)
                .activation(Activation.RELU)
                .updater(new Adam(rate))
                .l2(1e-4)
                .list();
    }

    private static ConvolutionLayer convolution(String name, int channels) {
        return new ConvolutionLayer.Builder(5, 5)
                .name(name)
                .nOut(channels)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static SubsamplingLayer pooling(String name) {
        return new SubsamplingLayer.Builder(PoolingType.MAX)
                .name(name)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    private static OutputLayer output(String name) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .name(name)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static MultiLayerNetwork network(ListBuilder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(
                layers.setInputType(InputType.convolutional(28, 28, 1)).build());
        network.init();
        return network;
    }
}
