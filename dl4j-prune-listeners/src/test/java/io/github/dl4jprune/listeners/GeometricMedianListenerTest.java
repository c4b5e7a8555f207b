package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.SmallNetworks;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class GeometricMedianListenerTest {

    /** Five filters in the plane, one a column. */
    private static MultiLayerNetwork plane() {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(0.1))
                .list(new DenseLayer.Builder().nOut(5).build(), SmallNetworks.output())
                .setInputType(InputType.feedForward(2))
                .build());
        network.init();
        network.getParam("0_W").assign(Nd4j.createFromArray(new double[][] {{0, 1, 0, 3, 0.4}, {0, 0, 1, 4, 0.3}}));
        network.getParam("0_b").assign(1);
        return network;
    }

    @Test
    void the_filters_nearest_to_all_others_go() {
        MultiLayerNetwork network = plane();

        // sums of distances 7.5000, 7.5572, 7.4631, 18.2369, 6.4992 by numpy: 4 and 2 are lowest
        new GeometricMedianListener.Builder().distanceRate(0.4).build().attach(network);

        assertThat(network.getParam("0_b").toDoubleVector()).containsExactly(1, 1, 0, 1, 0);
    }

    @Test
    void the_norm_stage_goes_first_and_both_counts_are_truncated() {
        MultiLayerNetwork network = plane();
        GeometricMedianListener listener = new GeometricMedianListener.Builder()
                .normRate(0.75)
                .distanceRate(0.35)
                .build();

        // int(5 * 0.25) = 1 by norm: filter 0; int(5 * 0.35) = 1 by distance among the rest: filter 4
        listener.attach(network);

        assertThat(network.getParam("0_b").toDoubleVector()).containsExactly(0, 1, 1, 1, 0);
        assertThat(listener.sparsities()).isEqualTo(Map.of("layer0", new LayerSparsity(0.4, 0.4)));
    }

    @Test
    void pruned_filters_stay_at_zero_and_ignored_layers_are_left_alone() {
        var network = SmallNetworks.graph(new Adam(0.05));
        GeometricMedianListener listener =
                new GeometricMedianListener.Builder().ignore("dense").build();
        listener.attach(network);
        INDArray dense = network.getParam("dense_b").dup();

        network.fit(SmallNetworks.iterator(SmallNetworks.data(3, 8)), 2);

        assertThat(ZeroWatch.largestPruned(network, listener.weightMask().orElseThrow()))
                .isZero();
        assertThat(listener.sparsities()).containsOnlyKeys("conv1");
        assertThat(network.getParam("dense_b")).isNotEqualTo(dense);
        assertThat(List.of(network.getParam("conv1_b")
                        .eq(0)
                        .castTo(dense.dataType())
                        .sumNumber()
                        .intValue()))
                .containsExactly(1);
    }

    @Test
    void a_rate_out_of_range_is_refused() {
        assertThatThrownBy(() ->
                        new GeometricMedianListener.Builder().distanceRate(1.5).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("distancePruned must be in [0, normKept = 1.0), got 1.5");
    }
}
