package io.github.dl4jprune.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The helpers among the layers and vertices that the networks of the field put around them. */
class NetworkParityTest {
    private static final int STEPS = 4;
    private static final double TOLERANCE_AFTER_TRAINING = 1e-4;

    @Test
    void training_a_network_with_sums_concats_and_pooling_equal_the_built_in_path() {
        ComputationGraph plain = Parity.builtIn(NetworkParityTest::graph);
        ComputationGraph fast = Parity.accelerated(NetworkParityTest::graph);
        DataSet batch = batch(3);

        for (int step = 0; step < STEPS; step++) {
            plain.fit(batch);
            fast.fit(batch);
        }

        assertClose(fast.params(), plain.params());
        assertClose(fast.outputSingle(batch.getFeatures()), plain.outputSingle(batch.getFeatures()));
    }

    @Test
    void networks_in_two_threads_do_not_disturb_each_other() {
        Supplier<INDArray> training = () -> {
            ComputationGraph network = graph();
            DataSet batch = batch(5);
            for (int step = 0; step < STEPS; step++) {
                network.fit(batch);
            }
            return network.params();
        };
        INDArray alone = Parity.accelerated(training);

        List<CompletableFuture<INDArray>> together = Parity.accelerated(() -> {
            List<CompletableFuture<INDArray>> started =
                    List.of(CompletableFuture.supplyAsync(training), CompletableFuture.supplyAsync(training));
            started.forEach(CompletableFuture::join);
            return started;
        });

        together.forEach(params -> assertClose(params.join(), alone));
    }

    private static DataSet batch(long seed) {
        Random random = new Random(seed);
        float[] values = new float[8 * 3 * 12 * 12];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        INDArray images = Nd4j.createFromArray(values).reshape(8, 3, 12, 12);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, 8, 4);
        for (int i = 0; i < 8; i++) {
            labels.putScalar(i, i % 4, 1);
        }
        return new DataSet(images, labels);
    }

    private static ComputationGraph graph() {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Nesterovs(0.01, 0.9))
                .weightInit(WeightInit.RELU)
                .l2(1e-4)
                .convolutionMode(ConvolutionMode.Same)
                .graphBuilder()
                .addInputs("input");
        normalised(graph, "stem", "input", 8);
        normalised(graph, "branch", "stem", 8);
        graph.addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "stem", "branch");
        graph.addLayer(
                "pool",
                new SubsamplingLayer.Builder().kernelSize(3, 3).stride(2, 2).build(),
                "sum");
        graph.addLayer(
                "depthwise",
                new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).build(),
                "pool");
        normalised(graph, "narrow", "depthwise", 6);
        graph.addLayer(
                "wide",
                new ConvolutionLayer.Builder(1, 1)
                        .nOut(6)
                        .activation(Activation.RELU)
                        .build(),
                "pool");
        graph.addVertex("concat", new MergeVertex(), "narrow", "wide");
        normalised(graph, "last", "concat", 8);
        graph.addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "last");
        graph.addLayer(
                "output",
                new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build(),
                "mean");
        ComputationGraph network = new ComputationGraph(graph.setOutputs("output")
                .setInputTypes(InputType.convolutional(12, 12, 3))
                .build());
        network.init();
        return network;
    }

    private static void normalised(GraphBuilder graph, String name, String input, int channels) {
        graph.addLayer(
                name + "-convolution",
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(channels)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build(),
                input);
        graph.addLayer(name + "-norm", new BatchNormalization(), name + "-convolution");
        graph.addLayer(name, new ActivationLayer(Activation.RELU), name + "-norm");
    }

    private static void assertClose(INDArray actual, INDArray expected) {
        double scale = expected.amaxNumber().doubleValue();
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(TOLERANCE_AFTER_TRAINING * scale);
    }
}
