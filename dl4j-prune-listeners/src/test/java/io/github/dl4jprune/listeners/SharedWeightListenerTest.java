package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.compression.SharingPlan;
import io.github.dl4jprune.compression.StoredParameter;
import io.github.dl4jprune.compression.StoredParameter.Shared;
import io.github.dl4jprune.network.NetworkView;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

class SharedWeightListenerTest {
    private final List<DataSet> data = SmallNetworks.data(6, 8);

    @ParameterizedTest
    @MethodSource("io.github.dl4jprune.listeners.WeightMaskListenerTest#updaters")
    void members_stay_equal_and_zeros_stay_zero_with_any_updater(IUpdater updater) {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.clipped(updater).l2(1e-3), SmallNetworks.layers(CNN2DFormat.NCHW, true));
        sparsify(network);
        network.fit(data.get(0)); // momentum of its own for every weight

        trainsTied(network, () -> data.subList(1, 6).forEach(network::fit));
    }

    @Test
    void a_graph_trains_tied_too() {
        var network = SmallNetworks.layered(
                        SmallNetworks.clipped(new Sgd(0.01)), SmallNetworks.layers(CNN2DFormat.NCHW, true))
                .toComputationGraph();
        sparsify(network);

        trainsTied(network, () -> data.forEach(network::fit));
    }

    private static void trainsTied(Model network, Runnable training) {
        SharedModel shared = new SharingPlan.Builder()
                .convolutionBits(2)
                .denseBits(2)
                .build()
                .share(network);
        SharedWeightListener listener = SharedWeightListener.attach(network, shared);

        training.run();

        SharedModel trained = listener.sharedModel(network);
        INDArray rounded = trained.flat(network.params().dataType());
        for (int i = 0; i < trained.parameters().size(); i++) {
            StoredParameter parameter = trained.parameters().get(i);
            if (parameter.values() instanceof Shared after) {
                Shared before = (Shared) shared.parameters().get(i).values();
                assertThat(after.codes()).isEqualTo(before.codes());
                assertThat(after.codebook()).isNotEqualTo(before.codebook());
            }
        }
        assertThat(network.params().sub(rounded).amaxNumber().doubleValue()).isLessThan(1e-6);
        for (int i = 0; i < trained.length(); i++) {
            assertThat(network.params().getDouble(i) == 0).isEqualTo(rounded.getDouble(i) == 0);
        }
    }

    @Test
    void a_centroid_moves_by_the_sum_of_its_members_gradients() {
        MultiLayerNetwork network = dense();
        SharedModel shared = new SharingPlan.Builder().denseBits(1).build().share(network);
        SharedWeightListener.attach(network, shared);
        INDArray gradient = gradient(network);
        INDArray before = network.params().dup();

        network.fit(examples());

        Shared weights = (Shared) shared.parameters().get(0).values();
        double[] sums = new double[3];
        for (int i = 0; i < weights.codes().length; i++) {
            sums[weights.codes()[i]] += gradient.getDouble(i);
        }
        for (int i = 0; i < weights.codes().length; i++) {
            int code = weights.codes()[i];
            double expected = code == 0 ? 0 : before.getDouble(i) - 0.1 * sums[code];
            assertThat(network.params().getDouble(i)).isCloseTo(expected, within(1e-12));
        }
        int bias = shared.parameters().get(1).slice().start();
        assertThat(network.params().getDouble(bias))
                .isCloseTo(before.getDouble(bias) - 0.1 * gradient.getDouble(bias), within(1e-12));
    }

    private static INDArray gradient(MultiLayerNetwork network) {
        return NetworkView.of(network)
                .copyWithoutListeners()
                .gradient(examples())
                .div(4);
    }

    private static DataSet examples() {
        return new DataSet(
                Nd4j.linspace(DataType.DOUBLE, -1, 0.05, 40).reshape(4, 10),
                Nd4j.eye(4).castTo(DataType.DOUBLE));
    }

    /** Its 60 first weights are 1, -1 or 0. */
    private static MultiLayerNetwork dense() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(2)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(10)
                        .nOut(60)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        INDArray weights = network.getLayer(0).getParam("W");
        for (int i = 0; i < 10; i++) {
            for (int o = 0; o < 60; o++) {
                weights.putScalar(i, o, (i + o) % 3 - 1);
            }
        }
        return network;
    }

    @Test
    void a_network_of_another_size_is_refused() {
        SharedModel shared = new SharingPlan.Builder().build().share(dense());
        MultiLayerNetwork other = SmallNetworks.layered(
                SmallNetworks.clipped(new Sgd(0.01)), SmallNetworks.layers(CNN2DFormat.NCHW, true));

        assertThatThrownBy(() -> shared.applyTo(other))
                .hasMessage("network must have 904 parameters as the shared model, got " + other.numParams());
    }

    private static void sparsify(Model network) {
        double[] values = network.params().toDoubleVector();
        Random random = new Random(5);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3) == 0 ? 0 : values[i];
        }
        network.params()
                .assign(Nd4j.createFromArray(values).reshape(network.params().shape()));
    }
}
