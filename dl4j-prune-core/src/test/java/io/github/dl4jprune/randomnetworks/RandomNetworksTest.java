package io.github.dl4jprune.randomnetworks;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

class RandomNetworksTest {
    @Test
    void every_network_infers_and_trains_with_moderate_numbers() {
        int graphs = 0;
        for (long seed = 0; seed < 60; seed++) {
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
        assertThat(graphs).isBetween(20, 55);
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

        for (long seed = 0; seed < 10; seed++) {
            String configuration = RandomNetworks.of(seed, options).network() instanceof MultiLayerNetwork layers
                    ? layers.getLayerWiseConfigurations().toJson()
                    : ((ComputationGraph) RandomNetworks.of(seed, options).network())
                            .getConfiguration()
                            .toJson();

            assertThat(configuration).contains("Adam", "L2Regularization").doesNotContain("config.Sgd");
        }
    }

    @Test
    void dropout_appears_only_on_request() {
        NetworkOptions options = new NetworkOptions.Builder().withDropout().build();
        int asked = 0;
        for (long seed = 0; seed < 40; seed++) {
            asked += RandomNetworks.of(seed, options).features().contains("Dropout") ? 1 : 0;

            assertThat(RandomNetworks.of(seed).features()).doesNotContain("Dropout");
        }
        assertThat(asked).isPositive();
    }
}
