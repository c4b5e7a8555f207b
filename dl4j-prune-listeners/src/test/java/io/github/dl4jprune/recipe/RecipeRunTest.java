package io.github.dl4jprune.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.training.EpochResult;
import io.github.dl4jprune.training.ShrinkingCheckpoint;
import io.github.dl4jprune.training.TrainingBatches;
import io.github.dl4jprune.training.TrainingPosition;
import io.github.dl4jprune.training.TrainingProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

class RecipeRunTest {
    private static final int BATCHES = 4;
    private final List<DataSet> data = SmallNetworks.data(BATCHES, 4);

    private final TrainingBatches batches = SmallNetworks.epochs(data);

    private static Recipe recipe(String method, Object... more) {
        Map<String, Object> values = new HashMap<>(Map.of("method", method, "epochs", 2));
        for (int i = 0; i < more.length; i += 2) {
            values.put((String) more[i], more[i + 1]);
        }
        Settings settings = new Settings("test", values);
        Recipe recipe = RecipeReader.read(settings);
        settings.finish();
        return recipe;
    }

    private <M extends Model> RecipeOutcome<M> run(Recipe recipe, M network) {
        return new RecipeRun(
                        recipe,
                        batches,
                        SmallNetworks.iterator(data),
                        model -> 0.5,
                        TrainingProgress.none(),
                        0,
                        (model, iterations, position, state) -> {})
                .of(network, TrainingPosition.START, PruningListener::attach);
    }

    static Stream<Model> networks() {
        return Stream.of(SmallNetworks.layered(new Sgd(0.1)), SmallNetworks.graph(new Sgd(0.1)));
    }

    private static double zeros(INDArray array) {
        return array.eq(0).castTo(array.dataType()).sumNumber().doubleValue() / array.length();
    }

    private static double zerosOf(Model network, int layer, String key) {
        return zeros(
                network instanceof MultiLayerNetwork layered
                        ? layered.getLayer(layer).getParam(key)
                        : ((ComputationGraph) network).getLayer(layer).getParam(key));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void a_static_recipe_prunes_from_the_beginning(Model network) {
        RecipeOutcome<Model> outcome = run(recipe("static", "sparsity", 0.5), network);

        assertThat(outcome.epochs()).extracting(EpochResult::epoch).containsExactly(1, 2);
        assertThat(outcome.epochs().get(0).sparsity())
                .isEqualTo(outcome.epochs().get(1).sparsity())
                .isPositive();
        assertThat(outcome.network()).hasSameClassAs(network);
        assertThat(zerosOf(outcome.network(), 0, "W")).isEqualTo(0.5);
    }

    @Test
    void a_dynamic_recipe_ends_with_the_whole_bound() {
        RecipeOutcome<MultiLayerNetwork> outcome = run(
                recipe(
                        "dynamic",
                        "granularity",
                        "weight",
                        "sparsity",
                        0.5,
                        "layers",
                        Map.of("layer0", 0.25),
                        "ignore",
                        List.of("layer6"),
                        "schedule",
                        Map.of("type", "agp", "unit", "iteration", "every", 2, "end", 6)),
                SmallNetworks.layered(new Sgd(0.1)));

        List<WeightSparsity> weights = WeightSparsity.of(outcome.network());
        assertThat(weights).extracting(WeightSparsity::name).startsWith("layer0_W", "layer2_W");
        assertThat(weights.get(0).sparsity()).isEqualTo(0.25);
        assertThat(weights.get(1).sparsity()).isEqualTo(0.5);
        assertThat(weights.get(weights.size() - 1).sparsity()).isZero();
        assertThat(outcome.epochs().get(0).sparsity())
                .isLessThan(outcome.epochs().get(1).sparsity());
    }

    @Test
    void a_soft_recipe_is_hard_at_its_end() {
        RecipeOutcome<MultiLayerNetwork> outcome =
                run(recipe("soft", "sparsity", 0.5), SmallNetworks.layered(new Sgd(0.1)));

        assertThat(zerosOf(outcome.network(), 0, "W")).isEqualTo(0.5);
        assertThat(zerosOf(outcome.network(), 1, "gamma")).isEqualTo(0.5);
    }

    @Test
    void a_soft_recipe_leaves_the_second_half_to_what_is_left() {
        RecipeOutcome<MultiLayerNetwork> outcome =
                run(recipe("soft", "sparsity", 0.5, "epochs", 4), SmallNetworks.layered(new Sgd(0.1)));

        assertThat(outcome.epochs().get(1).sparsity()).isLessThan(5.0 / 12);
        assertThat(outcome.epochs().get(2).sparsity()).isEqualTo(5.0 / 12);
    }

    @Test
    void criteria_that_look_at_data_get_them() {
        RecipeOutcome<MultiLayerNetwork> outcome = run(
                recipe("static", "sparsity", 0.5, "criterion", "taylor", "epochs", 1),
                SmallNetworks.layered(new Sgd(0.1)));

        assertThat(zerosOf(outcome.network(), 0, "W")).isEqualTo(0.5);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void slimming_prunes_the_smallest_scales_of_the_whole_network(Model network) {
        RecipeOutcome<Model> outcome = run(recipe("slimming", "sparsity", 0.4, "penalty", 0.01), network);

        assertThat(outcome.epochs().get(0).sparsity()).isZero();
        assertThat(outcome.epochs().get(1).sparsity()).isBetween(0.2, 0.4);
        assertThat(WeightSparsity.of(outcome.network()))
                .extracting(WeightSparsity::sparsity)
                .anyMatch(sparsity -> sparsity > 0);
    }

    @Test
    void ista_reports_the_scales_that_reached_zero() {
        RecipeOutcome<MultiLayerNetwork> outcome =
                run(recipe("ista", "penalty", 100.0), SmallNetworks.layered(new Sgd(0.1)));

        assertThat(zerosOf(outcome.network(), 1, "gamma")).isPositive();
        assertThat(outcome.epochs().get(1).sparsity()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"slimming", "ista"})
    void a_penalty_refuses_to_ignore_a_layer_that_is_not_there(String method) {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));

        assertThatThrownBy(() -> run(recipe(method, "sparsity", 0.5, "ignore", List.of("nope")), network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("layer \"nope\" must be one with channels");
    }

    @Test
    void a_penalty_ignores_the_group_of_a_batch_normalisation() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        String normalization = network.getLayer(1).conf().getLayer().getLayerName();

        RecipeOutcome<MultiLayerNetwork> outcome =
                run(recipe("slimming", "sparsity", 0.4, "penalty", 0.01, "ignore", List.of(normalization)), network);

        assertThat(zerosOf(outcome.network(), 1, "gamma")).isZero();
    }

    @Test
    void a_penalty_needs_batch_normalisations() {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.builder(new Sgd(0.1)),
                new org.deeplearning4j.nn.conf.layers.DenseLayer.Builder()
                        .nOut(4)
                        .build(),
                new org.deeplearning4j.nn.conf.layers.OutputLayer.Builder()
                        .nOut(3)
                        .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                        .build());

        assertThatThrownBy(() -> run(recipe("slimming", "sparsity", 0.5), network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network must have a batch normalisation with trained gamma behind channels that can be"
                        + " pruned");
    }

    @Test
    void a_schedule_must_end_within_the_run() {
        assertThatThrownBy(() -> run(
                        recipe("dynamic", "sparsity", 0.5, "schedule", Map.of("unit", "iteration", "end", 9)),
                        SmallNetworks.layered(new Sgd(0.1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schedule.end must be at most the 8 iterations of the run, got 9");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void prune_and_shrink_gives_a_smaller_network(Model network) {
        RecipeOutcome<Model> outcome = new ShrinkingRun(
                        recipe("prune-and-shrink", "sparsity", 0.5),
                        SmallNetworks.iterator(data),
                        SmallNetworks.iterator(data),
                        TrainingProgress.none(),
                        0,
                        ShrinkingCheckpoint.none())
                .of(network, new long[] {2, 5, 5});

        assertThat(outcome.network().numParams()).isLessThan(network.numParams());
        assertThat(outcome.epochs()).hasSize(2);
        assertThat(outcome.epochs().get(0).sparsity())
                .isLessThan(outcome.epochs().get(1).sparsity());
    }

    @Test
    void every_updater_can_be_asked_for_by_name() {
        for (UpdaterKind kind : UpdaterKind.values()) {
            RecipeOutcome<MultiLayerNetwork> outcome = run(
                    recipe(
                            "static",
                            "sparsity",
                            0.5,
                            "epochs",
                            1,
                            "updater",
                            Map.of("type", kind.text(), "learningRate", 0.01)),
                    SmallNetworks.layered(new Sgd(0.1)));

            assertThat(zerosOf(outcome.network(), 0, "W")).as(kind.text()).isEqualTo(0.5);
        }
    }

    @Test
    void every_curve_ends_at_the_bound() {
        for (SparsityCurve curve : SparsityCurve.values()) {
            RecipeOutcome<MultiLayerNetwork> outcome = run(
                    recipe(
                            "dynamic",
                            "sparsity",
                            0.5,
                            "epochs",
                            1,
                            "schedule",
                            Map.of("type", curve.text(), "unit", "iteration", "end", 3)),
                    SmallNetworks.layered(new Sgd(0.1)));

            assertThat(zerosOf(outcome.network(), 0, "W")).as(curve.text()).isEqualTo(0.5);
        }
    }
}
