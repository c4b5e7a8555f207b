package io.github.dl4jprune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.cost.LayerTime;
import io.github.dl4jprune.cost.TimedLayer;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.selection.ChannelScorer;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.selection.SelectionRequest;
import io.github.dl4jprune.selection.Selector;
import io.github.dl4jprune.testing.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Sgd;

/** The loop, with times that are made up: a network 4 -> 64 -> 64 -> 3 whose layers take in * out microseconds alone. */
class LatencyPruningTest {
    private static final LayerTime ALONE = (layer, in, out) -> in * out / 1000.0;

    @TempDir
    private Path folder;

    private final NetworkView<MultiLayerNetwork> network = NetworkView.of(network());
    private final ChannelGraph graph = ChannelGraph.of(network);
    private final List<Integer> measured = new ArrayList<>();
    private final List<Integer> repeated = new ArrayList<>();

    @Test
    void a_model_that_is_right_is_not_corrected() {
        LatencyPruning.Found found = run(0.5, OptionalDouble.empty(), parameters -> parameters / 1000.0);

        assertThat(found.report().reached()).isCloseTo(0.5, within(0.05 * 0.5));
        assertThat(found.report().rounds()).isEqualTo(1);
        assertThat(found.report().measuredLayers()).isEqualTo(3);
        assertThat(found.report().beforeMillis()).isCloseTo(4.6, within(0.1));
        assertThat(found.selection().note())
                .as("widths on the grid come no nearer")
                .isEqualTo("the measured latency lies 0.0106 below the budget");
    }

    @Test
    void a_hundredth_of_the_time_is_near_enough_to_say_nothing() {
        LatencyPruning.Found found = run(0.49, OptionalDouble.empty(), parameters -> parameters / 1000.0);

        assertThat(found.report().reached()).isCloseTo(0.49, within(0.01));
        assertThat(found.selection().note()).isEmpty();
    }

    @Test
    void a_model_that_is_wrong_is_corrected_by_what_the_network_measures() {
        // in truth half of what goes is not saved, once more than half has gone
        ToDoubleFunction<Double> truth = parameters -> (parameters > 2300 ? parameters : 1150 + parameters / 2) / 1000;

        LatencyPruning.Found found = run(0.4, OptionalDouble.empty(), truth);

        assertThat(found.report().reached()).isCloseTo(0.4, within(0.1 * 0.4));
        assertThat(found.report().rounds()).isGreaterThan(1);
    }

    @Test
    void a_time_out_of_reach_is_refused_with_the_best_that_was_measured() {
        assertThatThrownBy(() -> run(0.1, OptionalDouble.empty(), parameters -> 10 + parameters / 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "budget must be reachable: latency 0\\.1 asked, 0\\.6\\d+ is the least that was measured"
                                + " \\(batch 2\\)");
        assertThatThrownBy(() -> run(0.1, OptionalDouble.of(0.5), parameters -> parameters / 1000))
                .hasMessageContaining("reachable with no group above sparsity 0.5: latency 0.1 asked, 0.2");
    }

    @Test
    void a_network_that_is_mostly_overhead_says_so() {
        LatencyPruning.Found found = run(0.8, OptionalDouble.empty(), parameters -> 10 + parameters / 1000);

        assertThat(found.report().reached()).isCloseTo(0.8, within(0.08));
        assertThat(found.selection().note()).contains("of the time at batch 2 does not go with the widths");
    }

    @Test
    void the_whole_time_takes_the_whole_network() {
        LatencyPruning.Found found = run(1, OptionalDouble.empty(), parameters -> parameters / 1000);

        assertThat(found.selection().mask().isEmpty()).isTrue();
        assertThat(found.report().reached()).isEqualTo(1);
    }

    @Test
    void what_was_measured_hastily_is_settled_before_a_choice_counts() {
        // at first sight the layer in the middle costs nothing; only its true times say that it must go down
        List<String> settled = new ArrayList<>();
        LayerTime hasty = new LayerTime() {
            private boolean fresh = true;

            @Override
            public double millis(TimedLayer layer, int in, int out) {
                return in == 64 && out == 64 && fresh ? 0.001 : ALONE.millis(layer, in, out);
            }

            @Override
            public boolean settle(Repetitions progress) {
                boolean changed = fresh;
                fresh = false;
                progress.repeated(1, 1);
                settled.add("settled");
                return changed;
            }
        };

        LatencyPruning.Found found = run(hasty, 0.5, OptionalDouble.empty(), parameters -> parameters / 1000.0);

        assertThat(found.report().rounds()).isEqualTo(1);
        assertThat(found.report().reached()).isCloseTo(0.5, within(0.05 * 0.5));
        assertThat(settled).hasSize(2);
        assertThat(repeated).isNotEmpty();
    }

    @Test
    void progress_is_told_and_never_beyond_the_end() {
        run(0.5, OptionalDouble.empty(), parameters -> parameters / 1000);

        assertThat(measured).startsWith(1, 2, 3).doesNotHaveDuplicates().allMatch(points -> points <= 9 + 81 + 9);
    }

    @Test
    void the_pruner_keeps_times_on_disk_and_reports_what_it_measured() {
        ComputationGraph residual = Networks.residual(new Sgd(0.1));

        PruningResult<ComputationGraph> result = Pruner.of(residual)
                .sparsity(0.0)
                .latency(LatencyTarget.of(1).withBatch(3).withCache(folder).withRounds(1))
                .prune();

        assertThat(folder).isDirectoryContaining("glob:**layer-times-*-double-batch3.json");
        assertThat(result.latency().orElseThrow().batch()).isEqualTo(3);
        assertThat(result.latency().orElseThrow().measuredLayers()).isEqualTo(5);
        assertThat(result.groups()).allMatch(group -> group.kept() == group.width());
    }

    @Test
    void targets_are_checked() {
        assertThatThrownBy(() -> LatencyTarget.of(0)).hasMessage("budget latency must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> LatencyTarget.of(Double.NaN)).hasMessage("budget latency must be in (0, 1], got NaN");
        assertThatThrownBy(() -> LatencyTarget.of(0.5).withBatch(0))
                .hasMessage("latency batch must be at least 1, got 0");
        assertThatThrownBy(() -> LatencyTarget.of(0.5).withRounds(-1))
                .hasMessage("latency rounds must be at least 1, got -1");
    }

    private LatencyPruning.Found run(double fraction, OptionalDouble sparsity, ToDoubleFunction<Double> truth) {
        return run(ALONE, fraction, sparsity, truth);
    }

    private LatencyPruning.Found run(
            LayerTime times, double fraction, OptionalDouble sparsity, ToDoubleFunction<Double> truth) {
        InputTypes types = InputTypes.infer(network.structure());
        Selector selector = new Selector(
                graph,
                network.structure().nodes().stream().map(NetworkNode::name).toList(),
                new ChannelScorer(network, graph).score(new L2Norm(), null));
        SelectionRequest request = new SelectionRequest(sparsity, Scope.LOCAL, Map.of(), Set.of(), 1, Budget.NONE);
        LatencyPruning.Subject subject =
                new LatencyPruning.Subject(network, types, new CostModel(network, graph, types), selector, request);
        LatencyTarget target = LatencyTarget.of(fraction).withBatch(2).withProgress(new LatencyTarget.Progress() {
            @Override
            public void points(int points, int atMost) {
                measured.add(points);
                assertThat(points).isLessThanOrEqualTo(atMost);
            }

            @Override
            public void repeated(int done, int all) {
                repeated.add(done);
                assertThat(done).isLessThanOrEqualTo(all);
            }
        });
        return new LatencyPruning(
                        subject,
                        target,
                        times,
                        networks -> networks.stream()
                                .mapToDouble(timed -> truth.applyAsDouble(weights(timed.model())))
                                .toArray())
                .run(graph);
    }

    private static double weights(Model model) {
        MultiLayerNetwork chain = (MultiLayerNetwork) model;
        double sum = 0;
        for (org.deeplearning4j.nn.api.Layer layer : chain.getLayers()) {
            sum += layer.getParam("W").length();
        }
        return sum;
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list(new Layer[] {
                    new DenseLayer.Builder().name("a").nIn(4).nOut(64).build(),
                    new DenseLayer.Builder().name("b").nIn(64).nOut(64).build(),
                    new OutputLayer.Builder().name("out").nIn(64).nOut(3).build()
                })
                .build());
        network.init();
        return network;
    }
}
