package io.github.dl4jprune.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.folding.FoldingReport.Fold;
import io.github.dl4jprune.folding.FoldingReport.Leftover;
import io.github.dl4jprune.folding.FoldingReport.Target;
import io.github.dl4jprune.testing.Networks;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ConstantFoldingTest {
    private static final double EQUAL = 1e-10;
    private final INDArray images = Nd4j.rand(DataType.DOUBLE, 3, 2, 7, 7);
    private final INDArray rows = Nd4j.rand(DataType.DOUBLE, 3, 4);

    @Test
    void a_dense_layer_takes_up_what_its_bias_can_say() {
        MultiLayerNetwork network = started(chain().layer(dense("first", 3, Activation.SIGMOID))
                .layer(dense("second", 2, Activation.TANH))
                .layer(output())
                .setInputType(InputType.feedForward(4)));
        double bias = network.getLayer(0).getParam("b").getDouble(1);
        double weight = network.getLayer(1).getParam("W").getDouble(1, 0);
        double before = network.getLayer(1).getParam("b").getDouble(0);

        Held held = Held.of(network, Map.of("first", new int[] {1}), rows);

        assertThat(held.report().folds()).containsExactly(new Fold("second", Target.BIAS, 1, true));
        assertThat(held.report().leftovers()).isEmpty();
        assertThat(Objects.requireNonNull(held.small().parameters("second").get("b"))
                        .getDouble(0))
                .isCloseTo(before + weight / (1 + Math.exp(-bias)), within(1e-14));
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void what_a_quiet_sigmoid_unit_did_is_kept() {
        MultiLayerNetwork network = started(chain().layer(dense("first", 3, Activation.SIGMOID))
                .layer(output())
                .setInputType(InputType.feedForward(4)));
        network.getLayer(0).getParam("W").getColumn(1).muli(1e-6);

        Held held = Held.of(network, Map.of("first", new int[] {1}), rows);

        assertThat(Held.distance(held.shrunk(), held.original())).isGreaterThan(1e-3);
        assertThat(Held.distance(held.folded(), held.original())).isLessThan(1e-6);
    }

    @Test
    void a_convolution_takes_up_the_shift_of_a_batch_normalisation() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3))
                .layer(new BatchNormalization())
                .layer(activation(Activation.SOFTPLUS))
                .layer(convolution("second", 3, 3))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {0, 3}), images);

        assertThat(held.report().folds()).containsExactly(new Fold("second", Target.BIAS, 2, true));
        assertThat(Held.distance(held.shrunk(), held.held())).isGreaterThan(1e-3);
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void a_constant_of_zero_needs_no_folding_even_at_a_border() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.RELU))
                .layer(padded("second", Activation.TANH))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));
        network.getLayer(0).getParam("b").assign(-0.5);

        Held held = Held.of(network, Map.of("first", new int[] {0, 3}), images);

        assertThat(held.report().folds()).isEmpty();
        assertThat(held.report().leftovers()).isEmpty();
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void a_running_mean_takes_it_up_where_there_is_no_bias() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID))
                .layer(withoutBias("second"))
                .layer(new BatchNormalization())
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {2}, "second", new int[] {1}), images);

        assertThat(held.report().folds())
                .containsExactly(
                        new Fold("second", Target.RUNNING_MEAN, 1, true), new Fold("layer3", Target.BIAS, 1, true));
        assertThat(Held.distance(held.shrunk(), held.held())).isGreaterThan(1e-3);
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void without_bias_and_normalisation_the_constant_is_left_over_and_said_so() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID))
                .layer(withoutBias("second"))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {2, 3}), images);

        assertThat(held.report().folds()).isEmpty();
        assertThat(held.report().leftovers())
                .containsExactly(
                        new Leftover("second", 2, "it has no bias, nor a batch normalisation right behind it"));
        assertThat(held.folded()).isEqualTo(held.shrunk());
        assertThat(held.report().comparison().passed()).isTrue();
    }

    @Test
    void constants_add_up_where_a_residual_sum_does() {
        ComputationGraph network = started(graph().addLayer("stem", convolution("stem", 4, 1), "in")
                .addLayer("branch", convolution("branch", 4, 1, Activation.SIGMOID), "stem")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "stem", "branch")
                .addLayer("next", convolution("next", 3, 3), "sum")
                .addLayer("out", output(), "next")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("stem", new int[] {1}, "branch", new int[] {1}), images);

        assertThat(held.report().folds())
                .containsExactly(new Fold("branch", Target.BIAS, 1, true), new Fold("next", Target.BIAS, 1, true));
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @ParameterizedTest
    @EnumSource(ElementWiseVertex.Op.class)
    void constants_combine_as_the_vertex_does(ElementWiseVertex.Op operation) {
        ComputationGraph network = started(graph().addLayer("left", dense("left", 4, Activation.SIGMOID), "in")
                .addLayer("right", dense("right", 4, Activation.TANH), "in")
                .addVertex("both", new ElementWiseVertex(operation), "left", "right")
                .addLayer("out", output(), "both")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(4)));

        Held held = Held.of(network, Map.of("left", new int[] {0, 1}, "right", new int[] {0, 1}), rows);

        assertThat(held.report().folds()).containsExactly(new Fold("out", Target.BIAS, 2, true));
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void merged_channels_keep_their_constants_apart() {
        ComputationGraph network = started(graph().addLayer("a", convolution("a", 3, 1), "in")
                .addLayer("b", convolution("b", 2, 1, Activation.SIGMOID), "in")
                .addVertex("both", new MergeVertex(), "a", "b", "a")
                .addLayer("next", convolution("next", 3, 3), "both")
                .addLayer("out", output(), "next")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("a", new int[] {2}, "b", new int[] {0}), images);

        assertThat(held.report().folds()).containsExactly(new Fold("next", Target.BIAS, 2, true));
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void flattening_repeats_a_constant_in_either_layout(CNN2DFormat format) {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID, format))
                .layer(pooling(PoolingType.AVG, ConvolutionMode.Truncate, format))
                .layer(dense("second", 3, Activation.TANH))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2, format)));
        INDArray input =
                format == CNN2DFormat.NCHW ? images : images.permute(0, 2, 3, 1).dup();

        Held held = Held.of(network, Map.of("first", new int[] {1, 2}), input);

        assertThat(held.report().folds()).containsExactly(new Fold("second", Target.BIAS, 2, true));
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void under_a_padded_window_the_inside_is_exact_and_the_border_measured() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 1, Activation.SIGMOID))
                .layer(padded("second", Activation.IDENTITY))
                .layer(new CnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {1, 2}), images);

        assertThat(held.report().folds()).containsExactly(new Fold("second", Target.BIAS, 2, false));
        assertThat(held.report().exact()).isFalse();
        assertThat(held.report().comparison().maxAbsoluteDifference())
                .isGreaterThan(0.01)
                .isCloseTo(held.error(), within(1e-15));
        assertThat(Held.distance(inside(held.folded()), inside(held.held()))).isLessThan(EQUAL);
        assertThat(Held.distance(inside(held.shrunk()), inside(held.held()))).isGreaterThan(0.01);
    }

    @Test
    void a_padding_layer_makes_the_layer_behind_it_inexact() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID))
                .layer(new ZeroPaddingLayer(1, 1))
                .layer(convolution("second", 3, 3))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {1, 2}), images);

        assertThat(held.report().folds().get(0)).isEqualTo(new Fold("second", Target.BIAS, 2, false));
        assertThat(held.error()).isGreaterThan(1e-3);
    }

    @Test
    void a_maximum_leaves_padding_out_and_a_mean_may_not() {
        Held maximum = pooledAtBorders(PoolingType.MAX);
        Held mean = pooledAtBorders(PoolingType.AVG);

        assertThat(maximum.report().folds()).containsExactly(new Fold("layer2", Target.BIAS, 2, true));
        assertThat(maximum.error()).isLessThan(EQUAL);
        assertThat(mean.report().folds()).containsExactly(new Fold("layer2", Target.BIAS, 2, false));
    }

    /** Windows of 2x2 over images of 7x7, and all that is held is below zero. */
    private Held pooledAtBorders(PoolingType type) {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 1))
                .layer(pooling(type, ConvolutionMode.Same, CNN2DFormat.NCHW))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));
        network.getLayer(0).getParam("b").assign(-0.5);
        return Held.of(network, Map.of("first", new int[] {1, 2}), images);
    }

    @Test
    void a_sum_over_pixels_is_not_followed() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID))
                .layer(new GlobalPoolingLayer(PoolingType.SUM))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {1, 2}), images);

        assertThat(held.report().leftovers())
                .containsExactly(new Leftover("layer2", 2, "SUM pooling of layer \"layer1\""));
        assertThat(held.folded()).isEqualTo(held.shrunk());
    }

    @Test
    void a_norm_over_channels_must_not_hear_a_constant() {
        ComputationGraph network = started(graph().addLayer("first", dense("first", 4, Activation.TANH), "in")
                .addVertex("norm", new L2NormalizeVertex(), "first")
                .addLayer("out", output(), "norm")
                .addLayer("other", output(), "first")
                .setOutputs("out", "other")
                .setInputTypes(InputType.feedForward(4)));

        Held held = Held.of(network, Map.of("first", new int[] {1}), rows);

        assertThat(held.report().leftovers())
                .containsExactlyInAnyOrder(
                        new Leftover("out", 1, "vertex \"norm\" takes the norm over all channels"),
                        new Leftover("other", 1, "vertex \"norm\" takes the norm over all channels"));
        assertThat(held.folded()).isEqualTo(held.shrunk());
    }

    @Test
    void recurrent_layers_hear_constants_and_emit_none() {
        INDArray series = Nd4j.rand(DataType.DOUBLE, 3, 4, 5);
        MultiLayerNetwork network = started(chain().layer(dense("first", 4, Activation.SIGMOID))
                .layer(new LSTM.Builder().name("memory").nOut(3).build())
                .layer(new RnnOutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(4)));

        Held heard = Held.of(network.clone(), Map.of("first", new int[] {1}), series);
        Held emitted = Held.of(network, Map.of("memory", new int[] {1}), series);

        assertThat(heard.report().folds()).containsExactly(new Fold("memory", Target.BIAS, 1, true));
        assertThat(heard.error()).isLessThan(EQUAL);
        assertThat(emitted.report().leftovers())
                .containsExactly(new Leftover("layer2", 1, "\"memory\" (LSTM) does not put out a constant"));
        assertThat(emitted.folded()).isEqualTo(emitted.shrunk());
    }

    private static INDArray inside(INDArray image) {
        return image.get(
                NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(1, 6), NDArrayIndex.interval(1, 6));
    }

    private static ListBuilder chain() {
        return Networks.builder(new Sgd(0.1))
                .convolutionMode(ConvolutionMode.Truncate)
                .list();
    }

    private static GraphBuilder graph() {
        return Networks.builder(new Sgd(0.1))
                .convolutionMode(ConvolutionMode.Truncate)
                .graphBuilder()
                .addInputs("in");
    }

    private static MultiLayerNetwork started(ListBuilder builder) {
        MultiLayerNetwork network = new MultiLayerNetwork(builder.build());
        network.init();
        return filled(network);
    }

    private static ComputationGraph started(GraphBuilder builder) {
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

    private static DenseLayer dense(String name, int units, Activation activation) {
        return new DenseLayer.Builder()
                .name(name)
                .nOut(units)
                .activation(activation)
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build();
    }

    private static org.deeplearning4j.nn.conf.layers.ActivationLayer activation(Activation function) {
        return new org.deeplearning4j.nn.conf.layers.ActivationLayer.Builder()
                .activation(function)
                .build();
    }

    private static ConvolutionLayer convolution(String name, int channels, int size) {
        return convolution(name, channels, size, Activation.TANH);
    }

    private static ConvolutionLayer convolution(String name, int channels, int size, Activation activation) {
        return convolution(name, channels, size, activation, CNN2DFormat.NCHW);
    }

    private static ConvolutionLayer convolution(
            String name, int channels, int size, Activation activation, CNN2DFormat format) {
        return new ConvolutionLayer.Builder(size, size)
                .name(name)
                .nOut(channels)
                .activation(activation)
                .dataFormat(format)
                .build();
    }

    private static ConvolutionLayer withoutBias(String name) {
        return new ConvolutionLayer.Builder(3, 3)
                .name(name)
                .nOut(3)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
    }

    private static ConvolutionLayer padded(String name, Activation activation) {
        return new ConvolutionLayer.Builder(3, 3)
                .name(name)
                .nOut(2)
                .activation(activation)
                .convolutionMode(ConvolutionMode.Same)
                .build();
    }

    private static SubsamplingLayer pooling(PoolingType type, ConvolutionMode mode, CNN2DFormat format) {
        return new SubsamplingLayer.Builder(
                        SubsamplingLayer.PoolingType.valueOf(type.name()), new int[] {2, 2}, new int[] {2, 2})
                .convolutionMode(mode)
                .dataFormat(format)
                .build();
    }
}
