package io.github.dl4jprune.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.testing.Networks;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Shapes that cannot pass a network are refused before anything is computed. */
class InputTypesTest {
    private static final String FITTING = "; a shape that fits: ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3,16,16 | layer \"hidden\" takes 4 x 4 positions, gets 8 x 8; a shape that fits: [3, 8, 8]",
                "1,8,8 | layer \"first\" takes 3 channels, gets 1; a shape that fits: [3, 8, 8]",
                "3,8 | layer \"first\" cannot take [3, 8]; a shape that fits: [3, 8, 8]",
                "192 | layer \"first\" cannot take [192]; a shape that fits: [3, 8, 8]",
                "3,8,8,8 | layer \"first\" cannot take [3, 8, 8, 8]; a shape that fits: [3, 8, 8]",
                "3,0,8 | sizes are at least 1",
                "3,-1,8 | sizes are at least 1",
                "3,99999,99999 | one example has at most 2147483647 values",
                "999999999,999999999,999999999 | one example has at most 2147483647 values",
                "1,3,8,8,8 | an example has 1 to 4 axes"
            })
    void a_convolutional_network_with_a_dense_end(String shape, String why) {
        assertThat(misfit(Networks.chain(new NoOp()), sizes(shape))).hasValue(why);
    }

    @Test
    void the_shape_it_was_made_for() {
        assertThat(misfit(Networks.chain(new NoOp()), 3, 8, 8)).isEmpty();
    }

    @Test
    void a_dense_layer_for_every_time_step_reads_a_time_series() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new NoOp())
                .list()
                .layer(new TimeDistributed(
                        new DenseLayer.Builder().nIn(5).nOut(8).build()))
                .layer(new SimpleRnn.Builder().nIn(8).nOut(6).build())
                .layer(new RnnOutputLayer.Builder()
                        .nIn(6)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        InputTypes inferred = InputTypes.infer(NetworkView.of(network).structure());

        assertThat(inferred.types().get(0)).isInstanceOf(InputType.InputTypeRecurrent.class);
        assertThat(inferred.shapes().get(0)).containsExactly(5, 10);
        assertThat(Pruner.of(network).sparsity(0.5).prune().network().numParams())
                .isLessThan(network.numParams());
    }

    @Test
    void the_message_names_the_shape() {
        NetworkStructure structure = NetworkView.of(Networks.chain(new NoOp())).structure();

        assertThatThrownBy(() -> InputTypes.of(structure, List.of(new long[] {1, 8, 8})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input shape [1, 8, 8] does not fit the network: layer \"first\" takes 3 channels, gets 1"
                        + FITTING + "[3, 8, 8]");
    }

    @Test
    void one_shape_an_input() {
        NetworkStructure structure = NetworkView.of(Networks.chain(new NoOp())).structure();

        assertThat(InputTypes.misfit(structure, List.of(new long[] {3, 8, 8}, new long[] {3})))
                .hasValue("it has 1 input, got 2 shapes");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void images_that_pool_to_nothing(long size) {
        Optional<String> why = misfit(pooling(), 3, size, size);

        assertThat(why)
                .hasValue("layer \"pool\" takes at least 4 x 4 positions, gets %d x %d".formatted(size - 2, size - 2)
                        + FITTING + "[3, 32, 32]");
    }

    @Test
    void images_of_any_size_that_leaves_something() {
        assertThat(misfit(pooling(), 3, 6, 6)).isEmpty();
        assertThat(pooling().output(Nd4j.zeros(1, 3, 6, 6)).shape()).containsExactly(1, 2);
        assertThat(misfit(pooling(), 3, 500, 20)).isEmpty();
    }

    @Test
    void branches_whose_sizes_differ_where_they_meet() {
        assertThat(misfit(branching(), 3, 8, 8)).isEmpty();
        assertThat(misfit(branching(), 3, 9, 9))
                .hasValue("vertex \"sum\" joins arrays of one size, gets 5 x 5 and 4 x 4" + FITTING + "[3, 32, 32]");
    }

    @Test
    void vectors_and_series() {
        assertThat(misfit(dense(), 7)).isEmpty();
        assertThat(misfit(dense(), 8)).hasValue("layer \"layer0\" takes 7 values, gets 8" + FITTING + "[7]");
        assertThat(misfit(series(), 4, -1)).isEmpty();
        assertThat(misfit(series(), 4, 3)).isEmpty();
        assertThat(misfit(series(), 4, 2))
                .hasValue("layer \"layer0\" takes at least 3 steps, gets 2" + FITTING + "[4, 10]");
        assertThat(misfit(series(), 5, 10)).hasValue("layer \"layer0\" takes 4 channels, gets 5" + FITTING + "[4, 10]");
        assertThat(misfit(series(), -1, 10)).hasValue("sizes are at least 1 (or -1: any number of steps)");
    }

    @Test
    void behind_a_vertex_that_is_not_followed_nothing_is_judged() {
        assertThat(misfit(reshaping(), 192)).isEmpty();
    }

    private static Optional<String> misfit(Model network, long... shape) {
        return InputTypes.misfit(NetworkView.of(network).structure(), List.of(shape));
    }

    private static long[] sizes(String shape) {
        return List.of(shape.split(",")).stream().mapToLong(Long::parseLong).toArray();
    }

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder().seed(1).convolutionMode(ConvolutionMode.Truncate);
    }

    /** Convolution 3 x 3, pooling 5 x 5 with stride 2, and the mean over what is left. */
    private static MultiLayerNetwork pooling() {
        MultiLayerNetwork network = new MultiLayerNetwork(builder()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).name("conv").nOut(4).build())
                .layer(new SubsamplingLayer.Builder()
                        .name("pool")
                        .kernelSize(5, 5)
                        .stride(2, 2)
                        .build())
                .layer(new GlobalPoolingLayer.Builder().build())
                .layer(output())
                .setInputType(InputType.convolutional(32, 32, 3))
                .build());
        network.init();
        return network;
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build();
    }

    /** Two ways to halve an image, one rounding up and one rounding down, summed. */
    private static ComputationGraph branching() {
        ComputationGraph network = new ComputationGraph(builder()
                .graphBuilder()
                .addInputs("image")
                .addLayer(
                        "up",
                        new ConvolutionLayer.Builder(1, 1).nOut(4).stride(2, 2).build(),
                        "image")
                .addLayer(
                        "down",
                        new ConvolutionLayer.Builder(2, 2).nOut(4).stride(2, 2).build(),
                        "image")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "up", "down")
                .addLayer("pool", new GlobalPoolingLayer.Builder().build(), "sum")
                .addLayer("out", output(), "pool")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(8, 8, 3))
                .build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork dense() {
        MultiLayerNetwork network = new MultiLayerNetwork(builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(7).nOut(3).build())
                .layer(output())
                .build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork series() {
        MultiLayerNetwork network = new MultiLayerNetwork(builder()
                .list()
                .layer(new Convolution1DLayer.Builder().kernelSize(3).nOut(3).build())
                .layer(new RnnOutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(4, 10))
                .build());
        network.init();
        return network;
    }

    /** A vector made an image by a vertex: what the convolution gets cannot be told from the input's type. */
    private static ComputationGraph reshaping() {
        ComputationGraph network = new ComputationGraph(builder()
                .graphBuilder()
                .addInputs("vector")
                .addVertex("image", new ReshapeVertex(-1, 3, 8, 8), "vector")
                .addLayer(
                        "conv",
                        new ConvolutionLayer.Builder(3, 3).nIn(3).nOut(4).build(),
                        "image")
                .addLayer("pool", new GlobalPoolingLayer.Builder().build(), "conv")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .nIn(4)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "pool")
                .setOutputs("out")
                .build());
        network.init();
        return network;
    }
}
