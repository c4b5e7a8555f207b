package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class BatchNormRecalibrationTest {
    private static final BatchNormRecalibration THREE = new BatchNormRecalibration(3);

    @ParameterizedTest
    @CsvSource({"NCHW, true", "NCHW, false", "NHWC, true", "NHWC, false"})
    void statistics_of_a_layered_network_are_the_mean_of_batch_statistics(CNN2DFormat format, boolean logStd) {
        MultiLayerNetwork network = SmallNetworks.layered(format, logStd);
        List<DataSet> data = SmallNetworks.data(format, 3, 4);
        Map<String, double[][]> expected = Map.of(
                "1", reference(data, x -> before(network, 1, x), format),
                "3", reference(data, x -> before(network, 3, x), format),
                "5", reference(data, x -> before(network, 5, x), format));

        int layers = THREE.apply(network, SmallNetworks.iterator(data));

        assertThat(layers).isEqualTo(3);
        expected.forEach((layer, statistics) -> matches(network::getParam, layer, statistics));
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void statistics_of_a_graph_are_the_mean_of_batch_statistics(CNN2DFormat format) {
        ComputationGraph network = SmallNetworks.graph(SmallNetworks.builder(new Sgd(0.1)), format);
        List<DataSet> data = SmallNetworks.data(format, 3, 4);
        Map<String, double[][]> expected = Map.of(
                "bn1", reference(data, x -> activation(network, "conv1", x), format),
                "bn2", reference(data, x -> activation(network, "conv2", x), format),
                "bn3", reference(data, x -> activation(network, "dense", x), format));

        THREE.apply(network, SmallNetworks.iterator(data));

        expected.forEach((layer, statistics) -> matches(network::getParam, layer, statistics));
    }

    // python3: x = [[1, 4], [3, 0]], [[5, 2], [5, 6]], W = I, b = 0; means [2, 2], [5, 4]; biased variances [1, 4], [0,
    // 4]
    @Test
    void hand_computed_batches_give_hand_computed_statistics() {
        MultiLayerNetwork network = identityThenNorm();
        var data = SmallNetworks.iterator(List.of(batch(new double[][] {{1, 4}, {3, 0}}), batch(new double[][] {
            {5, 2}, {5, 6}
        })));

        THREE.apply(network, data);

        assertThat(network.getParam("1_mean").toDoubleVector()).containsExactly(3.5, 3);
        assertThat(network.getParam("1_var").toDoubleVector()).containsExactly(0.5, 4);
    }

    @Test
    void a_smaller_last_batch_counts_by_its_examples() {
        MultiLayerNetwork network = identityThenNorm();
        var data =
                SmallNetworks.iterator(List.of(batch(new double[][] {{1, 4}, {3, 0}}), batch(new double[][] {{8, 5}})));

        THREE.apply(network, data);

        assertThat(network.getParam("1_mean").toDoubleVector()).containsExactly(4, 3);
        assertThat(network.getParam("1_var").toDoubleVector())
                .containsExactly(new double[] {2 / 3.0, 8 / 3.0}, within(1e-15));
    }

    @Test
    void only_the_batches_asked_for_count() {
        MultiLayerNetwork network = identityThenNorm();
        var data = SmallNetworks.iterator(List.of(batch(new double[][] {{1, 4}, {3, 0}}), batch(new double[][] {
            {5, 2}, {5, 6}
        })));

        new BatchNormRecalibration(1).apply(network, data);

        assertThat(network.getParam("1_mean").toDoubleVector()).containsExactly(2, 2);
    }

    @Test
    void nothing_but_the_statistics_changes() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        List<DataSet> data = SmallNetworks.data(3, 4);
        network.fit(data.get(0));
        MultiLayerNetwork before = network.clone();

        THREE.apply(network, SmallNetworks.iterator(data));

        assertThat(network.getIterationCount()).isEqualTo(1);
        assertThat(network.getUpdater().getStateViewArray())
                .isEqualTo(before.getUpdater().getStateViewArray());
        network.paramTable().forEach((name, values) -> {
            if (name.endsWith("mean") || name.endsWith("log10stdev")) {
                assertThat(values).as(name).isNotEqualTo(before.getParam(name));
            } else {
                assertThat(values).as(name).isEqualTo(before.getParam(name));
            }
        });
    }

    @Test
    void dropout_is_off_and_stays_in_the_network() {
        Layer[] quiet = SmallNetworks.layers(CNN2DFormat.NCHW, true);
        Layer[] noisy = SmallNetworks.layers(CNN2DFormat.NCHW, true);
        noisy[2].setIDropout(new Dropout(0.5));
        MultiLayerNetwork expected = SmallNetworks.layered(SmallNetworks.builder(new Sgd(0.1)), quiet);
        MultiLayerNetwork network = SmallNetworks.layered(SmallNetworks.builder(new Sgd(0.1)), noisy);
        List<DataSet> data = SmallNetworks.data(3, 4);

        THREE.apply(expected, SmallNetworks.iterator(data));
        THREE.apply(network, SmallNetworks.iterator(data));

        assertThat(network.params()).isEqualTo(expected.params());
        assertThat(network.getLayer(2).conf().getLayer().getIDropout()).isEqualTo(new Dropout(0.5));
    }

    @Test
    void a_dropout_layer_is_passed_through() {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(0.1))
                .list(
                        new DropoutLayer.Builder(new Dropout(0.5)).build(),
                        new BatchNormalization.Builder().useLogStd(false).build(),
                        SmallNetworks.output())
                .setInputType(InputType.feedForward(2))
                .build());
        network.init();

        THREE.apply(network, SmallNetworks.iterator(List.of(batch(new double[][] {{1, 4}, {3, 0}}))));

        assertThat(network.getParam("1_mean").toDoubleVector()).containsExactly(2, 2);
    }

    @Test
    void a_constant_channel_gets_a_finite_logarithm() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        network.getParam("0_W").get(NDArrayIndex.point(1)).assign(0);

        THREE.apply(network, SmallNetworks.iterator(SmallNetworks.data(3, 4)));

        assertThat(network.getParam("1_log10stdev").getDouble(1)).isCloseTo(-15, within(1e-12));
        assertThat(network.output(SmallNetworks.data(1, 2).get(0).getFeatures())
                        .sumNumber()
                        .doubleValue())
                .isCloseTo(2, within(1e-12));
    }

    @Test
    void a_frozen_batch_norm_keeps_its_statistics() {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.builder(new Sgd(0.1)),
                SmallNetworks.convolution(4, CNN2DFormat.NCHW),
                new FrozenLayer(new BatchNormalization.Builder().build()),
                SmallNetworks.output());
        INDArray before = network.params().dup();

        int layers = THREE.apply(network, SmallNetworks.iterator(SmallNetworks.data(3, 4)));

        assertThat(layers).isZero();
        assertThat(network.params()).isEqualTo(before);
    }

    @Test
    void no_data_and_no_batches_are_refused() {
        var exhausted = new ListDataSetIterator<>(List.<DataSet>of(), 1);

        assertThatThrownBy(() -> THREE.apply(SmallNetworks.layered(new Sgd(0.1)), exhausted))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("recalibration data must hold at least one batch, got none");
        assertThatThrownBy(() -> new BatchNormRecalibration(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("recalibration batches must be at least 1, got 0");
    }

    private static MultiLayerNetwork identityThenNorm() {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(0.1))
                .list(
                        new DenseLayer.Builder()
                                .nOut(2)
                                .activation(Activation.IDENTITY)
                                .build(),
                        new BatchNormalization.Builder().useLogStd(false).build(),
                        SmallNetworks.output())
                .setInputType(InputType.feedForward(2))
                .build());
        network.init();
        network.getParam("0_W").assign(Nd4j.eye(2));
        return network;
    }

    private static DataSet batch(double[][] features) {
        return new DataSet(Nd4j.createFromArray(features), Nd4j.zeros(DataType.DOUBLE, features.length, 3));
    }

    /** Mean and biased variance of every batch, averaged in plain Java. */
    private static double[][] reference(List<DataSet> data, UnaryOperator<INDArray> input, CNN2DFormat format) {
        double[][] total = null;
        for (DataSet batch : data) {
            INDArray x = input.apply(batch.getFeatures());
            INDArray channelsFirst = x.rank() == 4 && format == CNN2DFormat.NHWC ? x.permute(0, 3, 1, 2) : x;
            int channels = (int) channelsFirst.size(1);
            total = total == null ? new double[2][channels] : total;
            for (int c = 0; c < channels; c++) {
                double[] values = channelsFirst
                        .get(NDArrayIndex.all(), NDArrayIndex.point(c))
                        .dup('c')
                        .data()
                        .asDouble();
                double mean = Arrays.stream(values).average().orElseThrow();
                total[0][c] += mean / data.size();
                total[1][c] += Arrays.stream(values)
                                .map(v -> (v - mean) * (v - mean))
                                .average()
                                .orElseThrow()
                        / data.size();
            }
        }
        return Objects.requireNonNull(total);
    }

    private static void matches(Function<String, INDArray> parameters, String layer, double[][] expected) {
        assertThat(parameters.apply(layer + "_mean").toDoubleVector()).containsExactly(expected[0], within(1e-12));
        INDArray logStd = parameters.apply(layer + "_log10stdev");
        double[] variance = logStd == null
                ? parameters.apply(layer + "_var").toDoubleVector()
                : Arrays.stream(logStd.toDoubleVector())
                        .map(s -> Math.pow(10, 2 * s))
                        .toArray();
        assertThat(variance).containsExactly(expected[1], within(1e-12));
    }

    private static INDArray before(MultiLayerNetwork network, int layer, INDArray features) {
        return network.feedForwardToLayer(layer - 1, features, true).get(layer);
    }

    private static INDArray activation(ComputationGraph network, String layer, INDArray features) {
        return Objects.requireNonNull(network.feedForward(features, true).get(layer));
    }
}
