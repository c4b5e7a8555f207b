package io.github.dl4jprune;

import io.github.dl4jprune.training.TrainingBatches;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of a few hundred DOUBLE parameters, and data for them. */
public final class SmallNetworks {
    public static final int CLASSES = 3;
    private static final int SIDE = 5;
    private static final int CHANNELS = 2;

    private SmallNetworks() {}

    public static NeuralNetConfiguration.Builder builder(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .updater(updater);
    }

    public static NeuralNetConfiguration.Builder clipped(IUpdater updater) {
        return builder(updater)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(0.5);
    }

    public static MultiLayerNetwork layered(NeuralNetConfiguration.Builder builder, Layer... layers) {
        var list = builder.list(layers).setInputType(input(CNN2DFormat.NCHW)).build();
        MultiLayerNetwork network = new MultiLayerNetwork(list);
        network.init();
        return network;
    }

    /** conv, BN, conv, BN, dense, BN, output. */
    public static MultiLayerNetwork layered(IUpdater updater) {
        return layered(builder(updater), layers(CNN2DFormat.NCHW, true));
    }

    public static Layer[] layers(CNN2DFormat format, boolean logStd) {
        return new Layer[] {
            convolution(4, format),
            norm(format, logStd),
            convolution(3, format),
            norm(format, logStd),
            new DenseLayer.Builder().nOut(5).build(),
            new BatchNormalization.Builder().useLogStd(logStd).build(),
            output()
        };
    }

    public static MultiLayerNetwork layered(CNN2DFormat format, boolean logStd) {
        var list = builder(new Sgd(0.1))
                .list(layers(format, logStd))
                .setInputType(input(format))
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(list);
        network.init();
        return network;
    }

    /** The same layers as a graph, with a residual sum around the second convolution. */
    public static ComputationGraph graph(NeuralNetConfiguration.Builder builder, CNN2DFormat format) {
        var configuration = builder.graphBuilder()
                .addInputs("in")
                .setInputTypes(input(format))
                .addLayer("conv1", convolution(4, format), "in")
                .addLayer("bn1", norm(format, true), "conv1")
                .addLayer("conv2", convolution(4, format), "bn1")
                .addLayer("bn2", norm(format, false), "conv2")
                .addVertex(
                        "sum",
                        new org.deeplearning4j.nn.conf.graph.ElementWiseVertex(
                                org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op.Add),
                        "bn1",
                        "bn2")
                .addLayer("dense", new DenseLayer.Builder().nOut(5).build(), "sum")
                .addLayer("bn3", new BatchNormalization.Builder().build(), "dense")
                .addLayer("output", output(), "bn3")
                .setOutputs("output")
                .build();
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        return network;
    }

    public static ComputationGraph graph(IUpdater updater) {
        return graph(builder(updater), CNN2DFormat.NCHW);
    }

    public static ConvolutionLayer convolution(int channels, CNN2DFormat format) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(channels)
                .convolutionMode(ConvolutionMode.Same)
                .dataFormat(format)
                .build();
    }

    public static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static BatchNormalization norm(CNN2DFormat format, boolean logStd) {
        return new BatchNormalization.Builder()
                .useLogStd(logStd)
                .dataFormat(format)
                .build();
    }

    private static InputType input(CNN2DFormat format) {
        return InputType.convolutional(SIDE, SIDE, CHANNELS, format);
    }

    /** {@code batches} batches of {@code size} examples; each call gives the same numbers. */
    public static List<DataSet> data(CNN2DFormat format, int batches, int size) {
        Random random = Nd4j.getRandomFactory().getNewRandomInstance(3);
        List<DataSet> data = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            long[] shape = format == CNN2DFormat.NCHW
                    ? new long[] {size, CHANNELS, SIDE, SIDE}
                    : new long[] {size, SIDE, SIDE, CHANNELS};
            INDArray labels = Nd4j.zeros(DataType.DOUBLE, size, CLASSES);
            for (int i = 0; i < size; i++) {
                labels.putScalar(i, random.nextInt(CLASSES), 1);
            }
            data.add(new DataSet(Nd4j.randn(0.5, 2, shape, random).castTo(DataType.DOUBLE), labels));
        }
        return data;
    }

    public static List<DataSet> data(int batches, int size) {
        return data(CNN2DFormat.NCHW, batches, size);
    }

    /** The batches as they are, in order; each pass hands out copies. */
    public static DataSetIterator iterator(List<DataSet> batches) {
        List<DataSet> examples = new ArrayList<>();
        batches.forEach(batch -> examples.addAll(batch.copy().asList()));
        return new ListDataSetIterator<>(examples, batches.get(0).numExamples());
    }

    /** The same batches in every epoch. */
    public static TrainingBatches epochs(List<DataSet> batches) {
        return new TrainingBatches() {
            @Override
            public int perEpoch() {
                return batches.size();
            }

            @Override
            public DataSetIterator from(int epoch, int batch) {
                return iterator(batches.subList(batch, batches.size()));
            }
        };
    }
}
