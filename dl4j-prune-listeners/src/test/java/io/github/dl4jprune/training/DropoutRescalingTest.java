package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.compression.WeightPruning;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

class DropoutRescalingTest {
    @Test
    void the_rate_falls_with_the_root_of_the_share_that_is_kept() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder()
                        .name("hidden")
                        .nIn(10)
                        .nOut(10)
                        .dropOut(0.5)
                        .build())
                .layer(new OutputLayer.Builder()
                        .name("output")
                        .nOut(4)
                        .dropOut(0.5)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();

        DropoutRescaling.apply(
                network, new WeightPruning(Map.of("hidden", new WeightPruning.Keep(0.25))).mask(network));

        // 0.5 sqrt(0.25) = 0.25 dropped
        assertThat(network.getLayer(0).conf().getLayer().getIDropout()).isEqualTo(new Dropout(0.75));
        assertThat(network.getLayer(1).conf().getLayer().getIDropout()).isEqualTo(new Dropout(0.5));
    }
}
