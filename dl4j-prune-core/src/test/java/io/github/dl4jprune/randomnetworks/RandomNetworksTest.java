package io.github.dl4jprune.randomnetworks;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class RandomNetworksTest {
    private static final int NETWORKS = Boolean.getBoolean("dl4jprune.full") ? 500 : 30;

    @Test
    void every_network_infers_and_trains_with_moderate_numbers() {
        int graphs = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            RandomNetwork random = RandomNetworks.of(seed);
            graphs += random.network() instanceof ComputationGraph ? 1 : 0;

            random.fit();

            assertThat(random.network().params().dataType()).isEqualTo(DataType.DOUBLE);
            for (INDArray output : random.output()) {
                assertThat(output.amaxNumber().doubleValue())
                        .as(random.description())
                        .isLessThan(1e3);
            }
        }
        assertThat(graphs).isBetween(NETWORKS / 3, NETWORKS - 5);
    }

    @Test
    void the_same_seed_draws_the_same_network_and_data() {
        for (long seed = 0; seed < 5; seed++) {
            RandomNetwork first = RandomNetworks.of(seed);
            RandomNetwork second = RandomNetworks.of(seed);

            assertThat(first.description()).isEqualTo(second.description());
            assertThat(first.network().params()).isEqualTo(second.network().params());
            assertThat(first.inputs()).isEqualTo(second.inputs());
            assertThat(first.labels()).isEqualTo(second.labels());
        }
    }

    @Test
    void the_options_reach_every_layer() {
        NetworkOptions options =
                new NetworkOptions.Builder().updater(new Adam(0.02)).l2(0.1).build();

        for (long seed = 0; seed < 5; seed++) {
            Model network = RandomNetworks.of(seed, options).network();
            String configuration = network instanceof MultiLayerNetwork layers
                    ? layers.getLayerWiseConfigurations().toJson()
                    : ((ComputationGraph) network).getConfiguration().toJson();

            assertThat(configuration).contains("Adam", "L2Regularization").doesNotContain("config.Sgd");
        }
    }

    @Test
    void pooling_by_norm_can_be_left_out() {
        NetworkOptions options =
                new NetworkOptions.Builder().withoutNormPooling().build();

        for (long seed = 0; seed < 200; seed++) {
            assertThat(RandomNetworks.features(seed, options)).noneMatch(feature -> feature.endsWith("-PNORM"));
        }
    }

    @Test
    void zero_preserving_activations_alone_can_be_asked_for() {
        NetworkOptions options = new NetworkOptions.Builder()
                .activations(ActivationKind.ZERO_PRESERVING)
                .build();
        INDArray zero = Nd4j.scalar(DataType.DOUBLE, 0);

        assertThat(options.activations().functions())
                .allSatisfy(function -> assertThat(function.getActivationFunction()
                                .getActivation(zero.dup(), false)
                                .getDouble(0))
                        .isZero());
        assertThat(ActivationKind.ANY.functions()).contains(Activation.SIGMOID);
    }

    @Test
    void one_family_alone_can_be_asked_for() {
        NetworkOptions options =
                new NetworkOptions.Builder().families(Family.CNN_3D).build();

        for (long seed = 0; seed < 20; seed++) {
            assertThat(RandomNetworks.describe(seed, options)).contains("CNN_3D");
        }
    }

    @Test
    void dropout_appears_only_on_request() {
        NetworkOptions options = new NetworkOptions.Builder().withDropout().build();
        int asked = 0;
        for (long seed = 0; seed < 40; seed++) {
            asked += RandomNetworks.features(seed, options).contains("Dropout") ? 1 : 0;

            assertThat(RandomNetworks.features(seed, NetworkOptions.defaults())).doesNotContain("Dropout");
        }
        assertThat(asked).isPositive();
    }
}
