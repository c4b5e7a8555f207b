package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DropoutRateTest {
    private final MultiLayerNetwork layers = layers();
    private final ComputationGraph graph = layers.toComputationGraph();

    @Test
    void layers_that_drop_inputs_drop_another_share() {
        for (Model network : List.of(layers, graph)) {
            assertThat(DropoutRate.apply(network, 0.25)).isEqualTo(1);
        }

        assertThat(layers.getLayer(0).conf().getLayer().getIDropout()).isEqualTo(new Dropout(0.75));
        assertThat(graph.getLayer(0).conf().getLayer().getIDropout()).isEqualTo(new Dropout(0.75));
        assertThat(layers.getLayer(1).conf().getLayer().getIDropout()).isEqualTo(new GaussianDropout(0.5));
    }

    @Test
    void at_rate_0_training_computes_what_inference_does() {
        // it would put noise on what the hidden layer gave, in place
        List.of(layers.getLayer(1), graph.getLayer(1))
                .forEach(output -> output.conf().getLayer().setIDropout(null));
        INDArray inferred = layers.feedForward(input(), false).get(1).dup();

        assertThat(layers.feedForward(input(), true).get(1)).isNotEqualTo(inferred);
        DropoutRate.apply(layers, 0);
        DropoutRate.apply(graph, 0);

        assertThat(layers.feedForward(input(), true).get(1)).isEqualTo(inferred);
        assertThat(graph.feedForward(input(), true).get("0")).isEqualTo(inferred);
    }

    @Test
    void a_rate_is_a_share_below_one() {
        assertThatThrownBy(() -> DropoutRate.apply(layers, 1)).hasMessage("dropout rate must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> DropoutRate.apply(layers, -0.1))
                .hasMessage("dropout rate must be in [0, 1), got -0.1");
    }

    /** DL4J drops from its input in place. */
    private static INDArray input() {
        return Nd4j.linspace(1, 10, 10).reshape(1, 10);
    }

    private static MultiLayerNetwork layers() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .list()
                .layer(new DenseLayer.Builder().nIn(10).nOut(10).dropOut(0.5).build())
                .layer(new OutputLayer.Builder()
                        .nOut(4)
                        .dropOut(new GaussianDropout(0.5))
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }
}
