package io.github.dl4jprune.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.compression.WeightPruning.Keep;
import io.github.dl4jprune.compression.WeightPruning.Quality;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightPruningTest {
    /** Layer "a" 2 x 4, layer "b" 4 x 2; the flat vector counts 1, -2, 3, -4, ... */
    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().name("a").nIn(2).nOut(4).build())
                .layer(new OutputLayer.Builder()
                        .name("b")
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        double[] values = new double[22];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i + 1) * (i % 2 == 0 ? 1 : -1);
        }
        network.params().assign(Nd4j.createFromArray(values).reshape(1, values.length));
        return network;
    }

    @Test
    void the_largest_weights_are_kept_and_vectors_are_left_alone() {
        INDArray mask = new WeightPruning(Map.of("a", new Keep(0.25), "b", new Keep(0.5))).mask(network());

        assertThat(mask.toDoubleVector())
                .containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void quality_is_in_standard_deviations_of_the_layer() {
        MultiLayerNetwork network = network();
        network.params().assign(padded(network));

        INDArray mask = new WeightPruning(Map.of("a", new Quality(1))).mask(network);

        // deviation sqrt((6 * 9 + 2 * 81) / 8) = 5.196
        assertThat(mask.toDoubleVector())
                .containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    }

    private static INDArray padded(MultiLayerNetwork network) {
        double[] values = new double[22];
        System.arraycopy(new double[] {3, -3, 3, -3, 3, -3, 9, -9}, 0, values, 0, 8);
        return Nd4j.createFromArray(values).reshape(network.params().shape());
    }

    @Test
    void a_layer_that_is_not_there_and_ratios_out_of_range_are_refused() {
        assertThatThrownBy(() -> new WeightPruning(Map.of("c", new Keep(1))).mask(network()))
                .hasMessage("layer \"c\" must be a layer with weights; there are a, b");
        assertThatThrownBy(() -> new Keep(0)).hasMessage("keep ratio must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> new Quality(Double.NaN)).hasMessage("quality must be >= 0 and finite, got NaN");
    }
}
