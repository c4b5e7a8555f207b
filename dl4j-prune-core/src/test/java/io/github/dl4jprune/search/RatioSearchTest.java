package io.github.dl4jprune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.criterion.L1Norm;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.ChannelScorer;
import io.github.dl4jprune.testing.Networks;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

class RatioSearchTest {
    private static final SensitivitySubject FIRST = new SensitivitySubject("first", "first");
    private static final SensitivitySubject HIDDEN = new SensitivitySubject("hidden", "hidden");

    private final NetworkView<MultiLayerNetwork> network = NetworkView.of(Networks.chain(new Sgd(0.1)));
    private final ChannelGraph graph = ChannelGraph.of(network);
    private final ChannelSensitivity channels =
            new ChannelSensitivity(network, graph, new ChannelScorer(network, graph).score(new L1Norm(), null));
    private final CostModel costs = new CostModel(network, graph, InputTypes.infer(network.structure()));

    private RatioSearch search(double lossOfFirst, double lossOfHidden) {
        return new RatioSearch(
                channels,
                new SensitivityCurves(
                        new Quality(0, 0.9),
                        List.of(
                                new SensitivityPoint(FIRST, 0.25, new Quality(lossOfFirst, 0.9 - lossOfFirst)),
                                new SensitivityPoint(FIRST, 0.5, new Quality(2 * lossOfFirst, 0.9 - 2 * lossOfFirst)),
                                new SensitivityPoint(HIDDEN, 0.5, new Quality(lossOfHidden, 0.9 - lossOfHidden)))),
                costs);
    }

    // first: 4 channels of 3x3x3 on 8x8, 6,912 MACs; hidden: 64 x 6 = 384; output: 6 x 5 = 30; together 7,326
    @Test
    void the_group_that_costs_least_for_what_it_saves_goes_first() {
        assertThat(search(0.01, 0.01).forMacs(0.8)).containsOnlyKeys("first");
        assertThat(search(0.2, 0.001).forMacs(0.98)).containsOnlyKeys("hidden");
    }

    @Test
    void a_budget_is_met_and_the_last_step_no_longer_than_it_must_be() {
        Map<String, Double> ratios = search(0.01, 0.1).forMacs(0.6);

        assertThat(ratios.get("first")).isGreaterThan(0.25).isLessThanOrEqualTo(0.5);
        assertThat(costs.of(channels.mask(ratios)).macs()).isLessThanOrEqualTo((long) (0.6 * 7326));
    }

    @Test
    void a_budget_beyond_the_measured_sparsities_is_refused() {
        assertThatThrownBy(() -> search(0.01, 0.1).forMacs(0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fraction of multiply-adds must be at least 0.");
    }

    @Test
    void losses_of_accuracy_add_up_to_no_more_than_was_allowed() {
        assertThat(search(0.1, 0.05).forAccuracyLost(0.16)).isEqualTo(Map.of("first", 0.25, "hidden", 0.5));
        assertThat(search(0.1, 0.05).forAccuracyLost(0.1)).isEqualTo(Map.of("first", 0.25));
        assertThat(search(0.1, 0.05).forAccuracyLost(0.0)).isEmpty();
    }

    @Test
    void budgets_out_of_range_are_refused() {
        assertThatThrownBy(() -> search(0.1, 0.1).forMacs(0))
                .hasMessage("fraction of multiply-adds must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> search(0.1, 0.1).forAccuracyLost(1))
                .hasMessage("loss of accuracy must be in [0, 1), got 1.0");
    }
}
