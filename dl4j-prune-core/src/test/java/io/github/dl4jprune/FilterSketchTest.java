package io.github.dl4jprune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SketchedGroup.Treatment;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.sketch.FrequentDirections;
import io.github.dl4jprune.testing.Networks;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class FilterSketchTest {
    private final DataSet batch = new DataSet(Nd4j.rand(DataType.DOUBLE, 4, 3, 8, 8), Networks.oneHot(4, 5));

    @Test
    void filters_become_their_sketch_and_readers_are_sketched_along_their_input_channels() {
        MultiLayerNetwork network =
                plain(new ConvolutionLayer.Builder(3, 3).nOut(6).build());

        SketchResult<MultiLayerNetwork> result =
                FilterSketch.of(network).layer("layer0", 0.5).sketch();

        INDArray first = network.getLayer(0).getParam("W"); // [6, 3, 3, 3]
        INDArray filters = Nd4j.zeros(DataType.DOUBLE, 6, 28);
        INDArray second = network.getLayer(1).getParam("W"); // [6, 6, 3, 3]
        INDArray channels = Nd4j.zeros(DataType.DOUBLE, 6, 54);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 27; j++) {
                filters.putScalar(i, j, first.getDouble(i, j / 9, j / 3 % 3, j % 3));
            }
            filters.putScalar(i, 27, network.getLayer(0).getParam("b").getDouble(i));
            for (int j = 0; j < 54; j++) {
                channels.putScalar(i, j, second.getDouble(j / 9, i, j / 3 % 3, j % 3));
            }
        }
        INDArray made = FrequentDirections.sketch(filters, 3);
        INDArray read = FrequentDirections.sketch(channels, 3);
        MultiLayerNetwork small = result.network();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 27; j++) {
                assertThat(small.getLayer(0).getParam("W").getDouble(i, j / 9, j / 3 % 3, j % 3))
                        .isEqualTo(made.getDouble(i, j));
            }
            assertThat(small.getLayer(0).getParam("b").getDouble(i)).isEqualTo(made.getDouble(i, 27));
            for (int j = 0; j < 54; j++) {
                assertThat(small.getLayer(1).getParam("W").getDouble(j / 9, i, j / 3 % 3, j % 3))
                        .isEqualTo(read.getDouble(i, j));
            }
        }
        assertThat(small.getLayer(1).getParam("b"))
                .isEqualTo(network.getLayer(1).getParam("b"));
        assertThat(small.getLayer(2).getParam("W"))
                .isEqualTo(network.getLayer(2).getParam("W"));
    }

    @Test
    void behind_a_flattening_a_channel_is_read_by_all_its_pixels() {
        MultiLayerNetwork network = Networks.chain(new Sgd(0.1));

        MultiLayerNetwork small =
                FilterSketch.of(network).layer("first", 0.5).sketch().network();

        INDArray before = network.getLayer(3).getParam("W"); // [4 channels x 16 pixels, 6]
        INDArray channels = before.dup('c').reshape('c', 4, 16 * 6);
        assertThat(small.getLayer(3).getParam("W").dup('c').reshape('c', 2, 16 * 6))
                .isEqualTo(FrequentDirections.sketch(channels, 2));
    }

    @Test
    void before_a_batch_normalisation_alone_weights_have_norm_1_and_the_normalisation_begins_anew() {
        MultiLayerNetwork network = Networks.chain(new Sgd(0.1));
        network.fit(batch);

        SketchResult<MultiLayerNetwork> result =
                FilterSketch.of(network).sparsity(0.5).sketch();

        MultiLayerNetwork small = result.network();
        assertThat(small.getLayer(0).getParam("W").norm2Number().doubleValue()).isCloseTo(1, within(1e-12));
        assertThat(small.getLayer(1).getParam("gamma").toDoubleVector()).containsExactly(1, 1);
        assertThat(small.getLayer(1).getParam("beta").toDoubleVector()).containsExactly(0, 0);
        assertThat(small.getLayer(1).getParam("mean").toDoubleVector()).containsExactly(0, 0);
        assertThat(small.getLayer(1).getParam("log10stdev").toDoubleVector()).containsExactly(0, 0);
        assertThat(network.getLayer(1).getParam("mean").getDouble(0)).isNotZero();
        assertThat(result.groups())
                .extracting(SketchedGroup::name, SketchedGroup::kept, SketchedGroup::treatment, SketchedGroup::note)
                .containsExactly(tuple("first", 2, Treatment.SKETCHED, ""), tuple("hidden", 3, Treatment.SKETCHED, ""));
    }

    @Test
    void of_a_residual_network_inner_widths_are_sketched_and_streams_left_alone() {
        ComputationGraph network = Networks.residual(new Sgd(0.1));

        SketchResult<ComputationGraph> result =
                FilterSketch.of(network).sparsity(0.5).sketch();

        assertThat(result.groups())
                .extracting(SketchedGroup::name, SketchedGroup::readers, SketchedGroup::kept, SketchedGroup::treatment)
                .containsExactly(
                        tuple("stem", List.of("inner", "out"), 6, Treatment.LEFT_ALONE),
                        tuple("inner", List.of("side", "outer", "out"), 3, Treatment.SKETCHED),
                        tuple("side", List.of("outer"), 1, Treatment.SKETCHED));
        assertThat(result.groups().get(0).note()).isEqualTo("several layers make its channels together: stem, outer");
        assertThat(result.network().getLayer("stem").getParam("W"))
                .isEqualTo(network.getLayer("stem").getParam("W"));
        assertThat(result.after().parameters()).isEqualTo(result.network().numParams() - 2 * 6);
        assertThat(result.report()).contains("left alone").contains("must be trained before it is of use");
    }

    @Test
    void streams_are_pruned_by_a_criterion_on_request() {
        ComputationGraph network = Networks.residual(new Sgd(0.1));

        SketchResult<ComputationGraph> result = FilterSketch.of(network)
                .sparsity(0.5)
                .ignore("side")
                .selectOthers(new L2Norm())
                .sketch();

        ComputationGraph pruned =
                Pruner.of(network).sparsity(0.5).ignore("side").prune().network();
        assertThat(result.groups())
                .extracting(SketchedGroup::kept, SketchedGroup::treatment, SketchedGroup::note)
                .startsWith(tuple(3, Treatment.SELECTED, "several layers make its channels together: stem, outer"))
                .endsWith(tuple(2, Treatment.LEFT_ALONE, "ignored"));
        assertThat(result.network().getLayer("stem").getParam("W"))
                .isEqualTo(pruned.getLayer("stem").getParam("W"));
        assertThat(result.network().getLayer("inner").getParam("W"))
                .isNotEqualTo(pruned.getLayer("inner").getParam("W"));
    }

    @Test
    void a_sparsity_for_a_layer_that_cannot_be_sketched_is_refused_with_the_reason() {
        assertThatThrownBy(() -> FilterSketch.of(Networks.residual(new Sgd(0.1)))
                        .layer("stemNorm", 0.5)
                        .sketch())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"stemNorm\" must have channels that can be sketched, or a criterion must select"
                        + " them: several layers make its channels together: stem, outer");
    }

    @Test
    void the_updater_goes_on_where_values_were_copied_and_begins_anew_where_they_are_new() {
        MultiLayerNetwork network =
                plain(new ConvolutionLayer.Builder(3, 3).nOut(6).build());
        network.setUpdater(null);
        network.fit(batch);
        network.fit(batch);

        MultiLayerNetwork small =
                FilterSketch.of(network).layer("layer0", 0.5).sketch().network();

        assertThat(small.getIterationCount()).isEqualTo(2);
        NetworkView<MultiLayerNetwork> before = NetworkView.of(network);
        NetworkView<MultiLayerNetwork> after = NetworkView.of(small);
        assertThat(state(after, "layer0", "W", 0).norm1Number().doubleValue()).isZero();
        assertThat(state(after, "layer0", "b", 1).norm1Number().doubleValue()).isZero();
        assertThat(state(after, "layer1", "W", 1).norm1Number().doubleValue()).isZero();
        assertThat(state(after, "layer1", "b", 0)).isEqualTo(state(before, "layer1", "b", 0));
        assertThat(state(after, "layer2", "W", 1)).isEqualTo(state(before, "layer2", "W", 1));
        assertThat(state(before, "layer2", "W", 1).norm1Number().doubleValue()).isPositive();
    }

    private static INDArray state(NetworkView<?> network, String node, String key, int component) {
        return network.updaterState()
                .orElseThrow()
                .components(Objects.requireNonNull(network.parameters(node).get(key)))
                .get(component);
    }

    @Test
    void channels_that_a_layer_between_knows_one_by_one_are_left_alone() {
        MultiLayerNetwork network = plain(new DepthwiseConvolution2D.Builder(3, 3).build());

        SketchResult<MultiLayerNetwork> result = FilterSketch.of(network)
                .sparsity(0.5)
                .selectOthers(new L2Norm())
                .sketch();

        assertThat(result.groups())
                .extracting(SketchedGroup::treatment, SketchedGroup::note)
                .containsExactly(tuple(Treatment.SELECTED, "layer \"layer1\" has parameters for each of its channels"));
    }

    @Test
    void channels_that_a_frozen_layer_reads_are_left_alone() {
        MultiLayerNetwork network =
                plain(new FrozenLayer(new ConvolutionLayer.Builder(3, 3).nOut(6).build()));

        assertThatThrownBy(() -> FilterSketch.of(network).sparsity(0.5).sketch())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "network must have a group of channels that can be sketched, got none: of \"layer0\", layer \"layer1\","
                                + " which reads it, is frozen");
    }

    @Test
    void units_of_a_recurrent_layer_are_left_alone_and_its_input_is_sketched() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list()
                .layer(new Convolution1DLayer.Builder(3).nOut(6).build())
                .layer(new LSTM.Builder().nOut(4).build())
                .layer(new RnnOutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(3, 7))
                .build());
        network.init();

        SketchResult<MultiLayerNetwork> result =
                FilterSketch.of(network).sparsity(0.5).sketch();

        assertThat(result.groups())
                .extracting(SketchedGroup::kept, SketchedGroup::note)
                .containsExactly(tuple(3, ""), tuple(4, "layer \"layer1\" makes each channel by more than one filter"));
        assertThat(result.network().getLayer(1).getParam("W"))
                .isEqualTo(FrequentDirections.sketch(network.getLayer(1).getParam("W"), 3));
    }

    @Test
    void a_channel_joined_with_a_frozen_one_is_left_alone() {
        ComputationGraph network = new ComputationGraph(Networks.builder(new Sgd(0.1))
                .graphBuilder()
                .addInputs("image")
                .addLayer("fixed", new FrozenLayer(convolution(6)), "image")
                .addLayer("free", convolution(6), "image")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "fixed", "free")
                .addLayer("next", convolution(6), "sum")
                .addLayer("norm", new BatchNormalization(), "next")
                .addLayer("out", output(), "norm")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(8, 8, 3))
                .build());
        network.init();

        assertThat(FilterSketch.of(network).sparsity(0.5).sketch().groups())
                .extracting(SketchedGroup::kept, SketchedGroup::note)
                .containsExactly(tuple(6, "its channels are joined with others, such as in a sum"), tuple(3, ""));
    }

    @Test
    void a_budget_is_met() {
        SketchResult<ComputationGraph> result = FilterSketch.of(Networks.residual(new Sgd(0.1)))
                .budget(Budget.macs(0.8))
                .sketch();

        assertThat((double) result.after().macs() / result.before().macs()).isBetween(0.7, 0.8);
    }

    @Test
    void what_was_sketched_can_be_trained() {
        MultiLayerNetwork small = FilterSketch.of(Networks.chain(new Adam(0.01)))
                .sparsity(0.5)
                .sketch()
                .network();

        small.fit(batch);
        double first = small.score();
        for (int i = 0; i < 30; i++) {
            small.fit(batch);
        }

        assertThat(small.score()).isLessThan(0.5 * first);
    }

    /** Convolution (6), the given layer, output; the layers are named by their numbers. */
    private static MultiLayerNetwork plain(Layer second) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Adam(0.01))
                .list()
                .layer(convolution(6))
                .layer(second)
                .layer(output())
                .setInputType(InputType.convolutional(8, 8, 3))
                .build());
        network.init();
        network.getLayer(0).getParam("b").assign(Nd4j.linspace(DataType.DOUBLE, 0.1, 0.1, 6));
        return network;
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(3, 3).nOut(channels).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder().nOut(5).activation(Activation.SOFTMAX).build();
    }
}
