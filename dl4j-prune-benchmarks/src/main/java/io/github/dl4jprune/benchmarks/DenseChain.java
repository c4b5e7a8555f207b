package io.github.dl4jprune.benchmarks;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;

/**
 * DenseNets with bottlenecks: in each block, every layer (batch norm, ReLU, 1 x 1 convolution of 4 x growth, batch norm,
 * ReLU, 3 x 3 convolution of growth) is concatenated to all that came before it; transitions between blocks halve the
 * channels. 224 x 224 images in, 1000 classes out, random weights.
 *
 * @see <a href="https://arxiv.org/abs/1608.06993">Huang et al. (2017), Densely Connected Convolutional Networks, table
 *     1</a>
 */
final class DenseChain {
    private static final int STEM = 64;

    private final GraphBuilder builder;
    private final int growth;
    private String last = "stemPool";
    private int channels = STEM;

    private DenseChain(int growth) {
        this.growth = growth;
        this.builder = new NeuralNetConfiguration.Builder()
                .seed(1)
                .activation(Activation.IDENTITY)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("image")
                .addLayer("stem", convolution(7, 2, STEM), "image")
                .addLayer("stemPool", pooling(SubsamplingLayer.PoolingType.MAX, 3), "stem");
    }

    /** DenseNet-201: 98 concatenations, 20 million parameters. */
    static ComputationGraph denseNet201() {
        return of(32, 6, 12, 48, 32);
    }

    /** A network of blocks with so many concatenations each. */
    static ComputationGraph of(int growth, int... blocks) {
        DenseChain chain = new DenseChain(growth);
        for (int block = 0; block < blocks.length; block++) {
            for (int layer = 0; layer < blocks[block]; layer++) {
                chain.addLayer("block" + block + "layer" + layer);
            }
            if (block < blocks.length - 1) {
                chain.addTransition("transition" + block);
            }
        }
        return chain.build();
    }

    private void addLayer(String name) {
        String input = last;
        activate(name + "In");
        add(name + "Inner", convolution(1, 1, 4 * growth));
        activate(name + "Mid");
        add(name + "Outer", convolution(3, 1, growth));
        builder.addVertex(name + "All", new MergeVertex(), input, last);
        last = name + "All";
        channels += growth;
    }

    private void addTransition(String name) {
        channels /= 2;
        activate(name);
        add(name + "Half", convolution(1, 1, channels));
        add(name + "Pool", pooling(SubsamplingLayer.PoolingType.AVG, 2));
    }

    private ComputationGraph build() {
        activate("head");
        add("pool", new GlobalPoolingLayer(PoolingType.AVG));
        add(
                "out",
                new OutputLayer.Builder()
                        .nOut(1000)
                        .activation(Activation.SOFTMAX)
                        .build());
        ComputationGraph network = new ComputationGraph(builder.setOutputs("out")
                .setInputTypes(InputType.convolutional(224, 224, 3))
                .build());
        network.init();
        return network;
    }

    private void activate(String name) {
        add(name + "Norm", new BatchNormalization());
        add(name + "Relu", new ActivationLayer(Activation.RELU));
    }

    private void add(String name, org.deeplearning4j.nn.conf.layers.Layer layer) {
        builder.addLayer(name, layer, last);
        last = name;
    }

    private static ConvolutionLayer convolution(int kernel, int stride, int channels) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .nOut(channels)
                .hasBias(false)
                .build();
    }

    private static SubsamplingLayer pooling(SubsamplingLayer.PoolingType type, int kernel) {
        return new SubsamplingLayer.Builder(type)
                .kernelSize(kernel, kernel)
                .stride(2, 2)
                .build();
    }
}
