package io.github.dl4jprune.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.cost.LatencyModel;
import io.github.dl4jprune.cost.LayerTime;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.testing.Networks;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

/** On a network 4 -> 64 -> 64 -> 3 whose layers take time in blocks of 16 units and nothing else. */
class LatencySearchTest {
    private static final LayerTime STAIRCASE = (layer, in, out) -> blocks(in) * blocks(out);

    private final NetworkView<MultiLayerNetwork> network = NetworkView.of(network());
    private final ChannelGraph graph = ChannelGraph.of(network);
    private final InputTypes types = InputTypes.infer(network.structure());
    private final CostModel costs = new CostModel(network, graph, types);
    private final LatencyModel model = LatencyModel.of(network, graph, types, STAIRCASE);
    private final ChannelScores scores = new ChannelScorer(network, graph).score(new L2Norm(), null);
    private final Selector selector = new Selector(
            graph, network.structure().nodes().stream().map(NetworkNode::name).toList(), scores);

    @Test
    void widths_land_on_the_steps_and_the_time_is_kept() {
        Selection selection = select(0.5, none());

        // 4 + 16 + 4 blocks: at most 12 of them may stay; 3 * 1 + 3 * 2 + 2 * 1 or 2 * 1 + 2 * 3 + 3 * 1 come nearest
        assertThat(model.millis(selection.mask())).isLessThanOrEqualTo(12);
        assertThat(selection.groups()).extracting(GroupSelection::kept).allMatch(kept -> kept % 16 == 0);
        assertThat(selection.groups()).extracting(GroupSelection::kept).containsExactlyInAnyOrder(32, 48);
    }

    @Test
    void nothing_goes_where_nothing_must() {
        Selection selection = select(1, none());

        assertThat(selection.mask().isEmpty()).isTrue();
    }

    @Test
    void nothing_goes_for_what_a_sum_was_rounded_by() {
        // a budget of the whole time is the sum of the model's parts in another order
        for (double rounding : new double[] {1e-16, 1e-14, 1e-12}) {
            Selection selection = select(1 - rounding, none());

            assertThat(selection.mask().isEmpty()).as("rounded by %s", rounding).isTrue();
        }
    }

    @Test
    void channels_that_save_no_time_are_given_back() {
        for (int percent = 15; percent <= 95; percent += 5) {
            Selection selection = select(percent / 100.0, none());

            double millis = model.millis(selection.mask());
            assertThat(millis).isLessThanOrEqualTo(24 * percent / 100.0);
            assertThat(selection.groups()).extracting(GroupSelection::kept).allMatch(kept -> kept % 16 == 0);
        }
    }

    @Test
    void the_lowest_scores_go() {
        Selection selection = select(0.5, none());

        for (GroupSelection group : selection.groups()) {
            assertThat(group.pruned())
                    .containsExactlyElementsOf(scores.ranked(group.group())
                            .subList(0, group.group().width() - group.kept()));
            assertThat(group.requested()).isEqualTo(group.kept());
        }
    }

    @Test
    void sparsity_bounds_every_group() {
        Selection selection = select(0.6, request(OptionalDouble.of(0.25), Map.of(), Set.of(), 1, Budget.NONE));

        assertThat(selection.groups()).extracting(GroupSelection::kept).containsExactly(48, 48);
    }

    @Test
    void layers_with_a_sparsity_of_their_own_or_ignored_are_left_alone() {
        Selection own = select(0.5, request(OptionalDouble.empty(), Map.of("a", 0.1), Set.of(), 1, Budget.NONE));
        Selection ignored = select(0.5, request(OptionalDouble.empty(), Map.of(), Set.of("b"), 1, Budget.NONE));

        assertThat(own.groups()).extracting(GroupSelection::kept).containsExactly(58, 16);
        assertThat(ignored.groups()).extracting(GroupSelection::kept).containsExactly(16, 64);
        assertThat(ignored.groups().get(1).note()).isEqualTo("ignored");
    }

    @Test
    void a_multiple_off_the_grid_is_kept_all_the_same() {
        Selection selection = select(0.5, request(OptionalDouble.empty(), Map.of(), Set.of(), 15, Budget.NONE));

        assertThat(selection.groups()).extracting(GroupSelection::kept).allMatch(kept -> kept == 64 || kept % 15 == 0);
        assertThat(model.millis(selection.mask())).isLessThanOrEqualTo(12);
    }

    @Test
    void other_budgets_hold_as_well() {
        Budget tight = Budget.macs(0.2).and(Budget.parameters(0.3));

        Selection selection = select(0.9, request(OptionalDouble.empty(), Map.of(), Set.of(), 1, tight));

        long before = costs.of(ChannelMask.none(graph)).macs();
        assertThat(costs.of(selection.mask()).macs()).isLessThanOrEqualTo((long) (0.2 * before));
        assertThat(model.millis(selection.mask())).isLessThanOrEqualTo(0.9 * 24);
    }

    @Test
    void the_narrowest_comes_back_where_no_width_is_fast_enough() {
        Selection selection = select(0.01, none());

        assertThat(selection.groups()).extracting(GroupSelection::kept).containsExactly(1, 1);
    }

    @Test
    void budgets_out_of_reach_are_refused() {
        SelectionRequest request = request(OptionalDouble.of(0.5), Map.of(), Set.of(), 1, Budget.macs(0.01));

        assertThatThrownBy(() -> select(0.9, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "budget must be reachable with no group above sparsity 0.5: macs 0.01 asked, 0.");
        assertThatThrownBy(() -> new LatencyLimit(model, costs, 0))
                .hasMessage("latency limit must be above 0 ms, got 0.0");
    }

    private Selection select(double fraction, SelectionRequest request) {
        double whole = model.millis(ChannelMask.none(graph));
        return selector.select(request, new LatencyLimit(model, costs, fraction * whole));
    }

    private static SelectionRequest none() {
        return request(OptionalDouble.empty(), Map.of(), Set.of(), 1, Budget.NONE);
    }

    private static SelectionRequest request(
            OptionalDouble sparsity, Map<String, Double> layers, Set<String> ignored, int multipleOf, Budget budget) {
        return new SelectionRequest(sparsity, Scope.LOCAL, layers, ignored, multipleOf, budget);
    }

    private static double blocks(int width) {
        return Math.floorDiv(width + 15, 16);
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list(List.of(
                                new DenseLayer.Builder()
                                        .name("a")
                                        .nIn(4)
                                        .nOut(64)
                                        .build(),
                                new DenseLayer.Builder()
                                        .name("b")
                                        .nIn(64)
                                        .nOut(64)
                                        .build(),
                                new OutputLayer.Builder()
                                        .name("out")
                                        .nIn(64)
                                        .nOut(3)
                                        .build())
                        .toArray(org.deeplearning4j.nn.conf.layers.Layer[]::new))
                .build());
        network.init();
        return network;
    }
}
