package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.criterion.L1Norm;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;

class SparsityPenaltyListenerTest {
    private static final double RATE = 0.1;
    private final List<DataSet> data = SmallNetworks.data(3, 8);

    private static ComputationGraph plain() {
        return SmallNetworks.graph(new Sgd(RATE));
    }

    private ComputationGraph penalized(Penalty penalty) {
        ComputationGraph network = plain();
        new SparsityPenaltyListener.Builder().penalty(penalty).build().attach(network);
        network.fit(data.get(0));
        return network;
    }

    private INDArray step(String parameter) {
        ComputationGraph network = plain();
        network.fit(data.get(0));
        return network.getParam(parameter);
    }

    @Test
    void slimming_adds_the_sign_of_the_scales_times_its_strength() {
        ComputationGraph network = penalized(new Penalty.Slimming(0.01));

        // all scales start at 1
        assertThat(network.getParam("bn1_gamma").sub(step("bn1_gamma")).toDoubleVector())
                .containsExactly(new double[] {-0.001, -0.001, -0.001, -0.001}, within(1e-12));
        assertThat(network.getParam("conv1_W")).isEqualTo(step("conv1_W"));
        assertThat(network.getParam("bn1_beta")).isEqualTo(step("bn1_beta"));
    }

    @Test
    void ista_shrinks_the_scales_towards_zero_and_no_further() {
        ComputationGraph network = penalized(new Penalty.ProximalScale(0.1, 0.5, Map.of("bn2", 1e6)));

        assertThat(network.getParam("bn1_gamma").sub(step("bn1_gamma")).toDoubleVector())
                .containsExactly(new double[] {-0.05, -0.05, -0.05, -0.05}, within(1e-12));
        assertThat(network.getParam("bn2_gamma").toDoubleVector()).containsOnly(0.0);
    }

    @Test
    void the_group_lasso_pulls_every_filter_by_its_direction() {
        INDArray before = plain().getParam("dense_W").dup();
        ComputationGraph network = penalized(new Penalty.GroupLasso(0.2));

        INDArray pulled = network.getParam("dense_W").sub(step("dense_W"));

        INDArray expected = before.divRowVector(before.norm2(0)).muli(-RATE * 0.2);
        assertThat(Transforms.abs(pulled.sub(expected)).maxNumber().doubleValue())
                .isLessThan(1e-12);
        // conv1 and conv2 are summed: one length for the filters of both
        INDArray conv1 = plain().getParam("conv1_W").dup();
        INDArray conv2 = plain().getParam("conv2_W").dup();
        double norm = Math.sqrt(square(conv1.slice(0)) + square(conv2.slice(0)));
        INDArray first = network.getParam("conv1_W").sub(step("conv1_W")).slice(0);
        assertThat(first.sub(conv1.slice(0).mul(-RATE * 0.2 / norm))
                        .norm2Number()
                        .doubleValue())
                .isLessThan(1e-12);
    }

    private static double square(INDArray array) {
        return array.mul(array).sumNumber().doubleValue();
    }

    @Test
    void growing_regularisation_fades_the_weakest_channels_faster_and_faster() {
        ComputationGraph network = plain();
        INDArray before = network.getParam("dense_W").norm1(0).dup();
        int weakest = before.neg().argMax().getInt(0);
        new SparsityPenaltyListener.Builder()
                .penalty(new Penalty.GrowingRegularization(new L1Norm(), 0.4, 0.5, 2, 4))
                .build()
                .attach(network);

        for (int i = 0; i < 30; i++) {
            network.fit(data.get(i % 3));
        }

        INDArray after = network.getParam("dense_W").norm1(0);
        assertThat(after.getDouble(weakest)).isLessThan(0.3 * before.getDouble(weakest));
        assertThat(new Penalty.GrowingRegularization(new L1Norm(), 0.4, 0.5, 2, 4).factor(5))
                .isEqualTo(1.5);
        assertThat(new Penalty.GrowingRegularization(new L1Norm(), 0.4, 0.5, 2, 4).factor(500))
                .isEqualTo(4);
    }

    @Test
    void scales_move_into_the_readers_and_back_without_changing_the_function() {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(RATE))
                .list(
                        new DenseLayer.Builder()
                                .nOut(4)
                                .activation(Activation.IDENTITY)
                                .build(),
                        new BatchNormalization(),
                        new ActivationLayer(Activation.RELU),
                        SmallNetworks.output())
                .setInputType(InputType.feedForward(50))
                .build());
        network.init();
        INDArray input = data.get(0).getFeatures().reshape(8, 50);
        network.fit(new DataSet(input, data.get(0).getLabels()));
        INDArray before = network.params().dup();
        INDArray output = network.output(input);

        List<String> moved = ScaleTransfer.apply(network, 0.01);

        assertThat(moved).containsExactly("layer1");
        assertThat(network.getParam("1_gamma").getDouble(0)).isCloseTo(0.01, within(0.005));
        assertThat(Transforms.abs(network.output(input).sub(output)).maxNumber().doubleValue())
                .isLessThan(1e-12);
        ScaleTransfer.apply(network, 100);
        assertThat(Transforms.abs(network.params().sub(before)).maxNumber().doubleValue())
                .isLessThan(1e-12);
    }

    @Test
    void costs_of_scales_follow_the_formula() {
        Map<String, Double> costs = ScaleCosts.of(SmallNetworks.layered(new Sgd(RATE)), new long[] {2, 5, 5});

        // first: 25 positions, made by 3x3x2 weights, read by 3x3x3; 25 pixels
        assertThat(costs).containsEntry("layer1", (25 + 18 + 27) / 25.0);
    }

    @Test
    void impossible_penalties_are_refused() {
        MultiLayerNetwork noScales = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(RATE))
                .list(new DenseLayer.Builder().nOut(4).build(), SmallNetworks.output())
                .setInputType(InputType.feedForward(3))
                .build());
        noScales.init();

        assertThatThrownBy(() -> new SparsityPenaltyListener.Builder().build().attach(noScales))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("network must have batch normalisations with trained gamma");
        assertThatThrownBy(() -> new Penalty.Slimming(0)).hasMessage("strength must be positive and finite, got 0.0");
        assertThatThrownBy(() -> ScaleTransfer.apply(noScales, Double.NaN))
                .hasMessage("alpha must be positive and finite, got NaN");
    }
}
