package io.github.dl4jprune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.L1Norm;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.ChannelScorer;
import io.github.dl4jprune.testing.Networks;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

class SensitivityScanTest {
    private final MultiLayerNetwork chain = Networks.chain(new Sgd(0.1));
    private final ComputationGraph residual = Networks.residual(new Sgd(0.1));

    private static ChannelSensitivity channels(Model network) {
        NetworkView<Model> view = NetworkView.of(network);
        ChannelGraph graph = ChannelGraph.of(view);
        return new ChannelSensitivity(view, graph, new ChannelScorer(view, graph).score(new L1Norm(), null));
    }

    @Test
    void one_group_at_a_time_is_shrunk_and_all_others_are_whole() {
        ChannelSensitivity scan = channels(chain);
        List<Model> seen = new ArrayList<>();

        for (SensitivitySubject subject : scan.subjects()) {
            scan.measure(subject, 0.5, network -> {
                seen.add(network);
                return new Quality(1, 0);
            });
        }

        assertThat(scan.subjects()).extracting(SensitivitySubject::layer).containsExactly("first", "hidden");
        assertThat(widths(seen.get(0))).containsExactly(2L, 6L);
        assertThat(widths(seen.get(1))).containsExactly(4L, 3L);
    }

    private static List<Long> widths(Model network) {
        MultiLayerNetwork layered = (MultiLayerNetwork) network;
        return List.of(
                layered.getLayer(0).getParam("W").size(0),
                layered.getLayer(3).getParam("W").size(1));
    }

    @Test
    void layers_that_share_channels_are_pruned_together() {
        ChannelSensitivity scan = channels(residual);
        List<Model> seen = new ArrayList<>();

        SensitivityPoint point = scan.measure(scan.subjects().get(0), 0.5, network -> {
            seen.add(network);
            return new Quality(2, 0.25);
        });

        ComputationGraph small = (ComputationGraph) seen.get(0);
        assertThat(point)
                .isEqualTo(new SensitivityPoint(new SensitivitySubject("stem", "stem"), 0.5, new Quality(2, 0.25)));
        assertThat(small.getLayer("stem").getParam("W").size(0)).isEqualTo(3);
        assertThat(small.getLayer("outer").getParam("W").size(0)).isEqualTo(3);
        assertThat(small.getLayer("inner").getParam("W").size(0)).isEqualTo(6);
    }

    @Test
    void the_smallest_weights_of_one_layer_are_zero_while_it_is_measured() {
        WeightSensitivity scan = new WeightSensitivity(NetworkView.of(chain));
        INDArray weights = chain.getLayer(3).getParam("W");
        double[] magnitudes = weights.dup('c').reshape(weights.length()).toDoubleVector();
        java.util.Arrays.setAll(magnitudes, i -> Math.abs(magnitudes[i]));
        int zeros = (int) (magnitudes.length * 0.3);
        double threshold = java.util.Arrays.stream(magnitudes).sorted().toArray()[zeros - 1];

        scan.measure(new SensitivitySubject("hidden", "hidden"), 0.3, network -> {
            MultiLayerNetwork masked = (MultiLayerNetwork) network;
            double[] left = masked.getLayer(3)
                    .getParam("W")
                    .dup('c')
                    .reshape(weights.length())
                    .toDoubleVector();
            for (int i = 0; i < left.length; i++) {
                assertThat(left[i] == 0).isEqualTo(magnitudes[i] <= threshold);
            }
            assertThat(masked.getLayer(0).params()).isEqualTo(chain.getLayer(0).params());
            assertThat(masked.getLayer(3).getParam("b"))
                    .isEqualTo(chain.getLayer(3).getParam("b"));
            return new Quality(1, 0.5);
        });
    }

    @Test
    void exactly_the_asked_number_of_equal_weights_is_zeroed() {
        chain.getLayer(3).getParam("W").assign(0.5);
        WeightSensitivity scan = new WeightSensitivity(NetworkView.of(chain));

        scan.measure(new SensitivitySubject("hidden", "hidden"), 0.25, network -> {
            INDArray weights = ((MultiLayerNetwork) network).getLayer(3).getParam("W");
            assertThat(weights.eq(0).castTo(weights.dataType()).sumNumber().longValue())
                    .isEqualTo(weights.length() / 4);
            return new Quality(1, 0.5);
        });
    }

    @Test
    void weights_are_whole_again_for_the_next_layer_and_the_network_is_never_touched() {
        INDArray before = chain.params().dup();
        WeightSensitivity scan = new WeightSensitivity(NetworkView.of(chain));
        scan.measure(scan.subjects().get(0), 0.9, network -> new Quality(1, 0.5));

        scan.measure(scan.subjects().get(1), 0.0, network -> {
            assertThat(network.params()).isEqualTo(before);
            return new Quality(1, 0.5);
        });

        assertThat(chain.params()).isEqualTo(before);
        assertThat(scan.subjects()).extracting(SensitivitySubject::layer).containsExactly("first", "hidden", "layer4");
    }

    @Test
    void a_sparsity_out_of_range_is_refused() {
        ChannelSensitivity scan = channels(chain);

        assertThatThrownBy(() -> scan.measure(scan.subjects().get(0), 1.0, network -> new Quality(1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sparsity must be in [0, 1), got 1.0");
    }
}
