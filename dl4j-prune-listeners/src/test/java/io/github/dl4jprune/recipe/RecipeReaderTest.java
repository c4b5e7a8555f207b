package io.github.dl4jprune.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.training.LearningRateSchedule;
import io.github.dl4jprune.training.ToleranceMeasure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ScheduleType;

class RecipeReaderTest {
    private static Recipe read(Map<String, ?> values) {
        Settings settings = new Settings("configuration \"c.yaml\"", values);
        Recipe recipe = RecipeReader.read(settings);
        settings.finish();
        return recipe;
    }

    private static void refused(Map<String, ?> values, String message) {
        assertThatThrownBy(() -> read(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Map<String, Object> with(String key, Object value) {
        Map<String, Object> values = new HashMap<>(Map.of("method", "dynamic", "sparsity", 0.5));
        values.put(key, value);
        return values;
    }

    @Test
    void an_adaptive_updater_without_a_learning_rate_gets_a_lower_one() {
        Recipe adam = read(with("updater", Map.of("type", "adam")));
        Recipe sgd = read(with("updater", Map.of("type", "sgd")));

        assertThat(adam.updater().learningRate()).isEqualTo(0.001);
        assertThat(sgd.updater().learningRate()).isEqualTo(0.01);
    }

    @Test
    void every_key_is_read() {
        Recipe recipe = read(Map.ofEntries(
                Map.entry("method", "dynamic"),
                Map.entry("granularity", "weight"),
                Map.entry("criterion", "random"),
                Map.entry("sparsity", 0.5),
                Map.entry("layers", Map.of("conv1", 0.3, "conv2", 0)),
                Map.entry("ignore", List.of("conv3")),
                Map.entry("schedule", Map.of("type", "agp", "unit", "iteration", "every", 50, "end", 800)),
                Map.entry("epochs", 3),
                Map.entry(
                        "updater",
                        Map.of(
                                "type",
                                "nesterovs",
                                "learningRate",
                                0.002,
                                "momentum",
                                0.5,
                                "learningRateSchedule",
                                "constant")),
                Map.entry("weightDecay", 0.001),
                Map.entry("seed", 7)));

        assertThat(recipe)
                .isEqualTo(new Recipe(
                        PruningMethod.DYNAMIC,
                        Granularity.WEIGHT,
                        "random",
                        OptionalDouble.of(0.5),
                        Map.of("conv1", 0.3, "conv2", 0.0),
                        Set.of("conv3"),
                        new ScheduleRecipe(SparsityCurve.AGP, ScheduleType.ITERATION, 50, OptionalInt.of(800)),
                        3,
                        new UpdaterRecipe(UpdaterKind.NESTEROVS, 0.002, 0.5, LearningRateSchedule.CONSTANT),
                        0.001,
                        1e-4,
                        TargetRecipe.NONE,
                        7));
    }

    @Test
    void targets_are_read() {
        Recipe recipe = read(Map.of("method", "prune-and-shrink", "target", Map.of("macs", 0.4, "tolerance", 0.01)));
        Recipe byLoss = read(Map.of(
                "method", "prune-and-shrink", "sparsity", 0.9, "target", Map.of("tolerance", 1.5, "measure", "loss")));

        assertThat(recipe.target())
                .isEqualTo(
                        new TargetRecipe(OptionalDouble.of(0.4), OptionalDouble.of(0.01), ToleranceMeasure.ACCURACY));
        assertThat(byLoss.target())
                .isEqualTo(new TargetRecipe(OptionalDouble.empty(), OptionalDouble.of(1.5), ToleranceMeasure.LOSS));
        refused(
                Map.of("method", "prune-and-shrink", "sparsity", 0.9, "target", Map.of("tolerance", 1.5)),
                "configuration \"c.yaml\": target.tolerance must be in [0, 1), got 1.5");
    }

    @Test
    void the_penalty_is_read() {
        Recipe recipe = read(Map.of("method", "slimming", "sparsity", 0.5, "penalty", 0.01));

        assertThat(recipe.penalty()).isEqualTo(0.01);
    }

    @Test
    void keys_of_another_method_or_updater_are_refused() {
        String place = "configuration \"c.yaml\": ";
        refused(
                Map.of("method", "static", "sparsity", 0.5, "penalty", 0.01),
                place + "penalty has no effect with method static: it belongs to slimming, ista");
        refused(
                with("updater", Map.of("type", "sgd", "momentum", 0.9)),
                place + "updater.momentum has no effect with updater.type sgd: it belongs to nesterovs");
        refused(
                with("target", Map.of("measure", "loss")),
                place + "target.measure has no effect with method dynamic: it belongs to prune-and-shrink");
    }

    @Test
    void a_value_that_says_what_happens_anyway_is_read() {
        Recipe recipe = read(Map.of(
                "method", "static", "sparsity", 0.5, "penalty", 0, "updater", Map.of("type", "sgd", "momentum", 0)));

        assertThat(recipe.updater().momentum()).isZero();
    }

    @Test
    void the_learning_rate_of_proximal_steps_is_read_beside_an_updater_that_has_none() {
        Recipe recipe = read(Map.of("method", "ista", "updater", Map.of("type", "adadelta", "learningRate", 0.1)));

        assertThat(recipe.updater().learningRate()).isEqualTo(0.1);
        assertThat(notes(Map.of("method", "ista", "updater", Map.of("type", "adadelta", "learningRate", 0.1))))
                .isEmpty();
    }

    @Test
    void keys_that_most_methods_have_are_told_of_where_they_have_no_effect() {
        assertThat(notes(Map.of(
                        "method", "ista", "criterion", "l1", "sparsity", 0.5, "schedule", Map.of("type", "agp"))))
                .containsExactly(
                        "configuration \"c.yaml\": criterion has no effect with method ista, which goes by the scales of"
                                + " batch normalisations",
                        "configuration \"c.yaml\": sparsity has no effect with method ista, where the penalty decides how"
                                + " much goes",
                        "configuration \"c.yaml\": schedule has no effect with method ista: it belongs to dynamic, soft,"
                                + " prune-and-shrink");
        assertThat(notes(Map.of(
                        "method", "prune-and-shrink", "sparsity", 0.5, "schedule", Map.of("type", "agp", "every", 1))))
                .containsExactly(
                        "configuration \"c.yaml\": schedule.type has no effect with method prune-and-shrink, whose"
                                + " cuts are all alike");
        assertThat(notes(with(
                        "updater", Map.of("type", "adadelta", "learningRate", 0.1, "learningRateSchedule", "cosine"))))
                .containsExactly(
                        "configuration \"c.yaml\": updater.learningRate has no effect with updater.type adadelta, which has"
                                + " none",
                        "configuration \"c.yaml\": updater.learningRateSchedule has no effect with updater.type adadelta,"
                                + " which has no learning rate");
        assertThat(notes(with("schedule", Map.of("type", "one-shot", "every", 2))))
                .containsExactly("configuration \"c.yaml\": schedule.every has no effect with schedule.type one-shot,"
                        + " whose only update is at schedule.end");
        assertThat(notes(Map.of(
                        "method", "static", "granularity", "weight", "sparsity", 0.5, "criterion", "geometric-median")))
                .containsExactly("configuration \"c.yaml\": criterion has no effect with granularity weight: weights go"
                        + " by magnitude (l1) or random, got geometric-median");
        assertThat(notes(with("schedule", Map.of("type", "agp", "every", 1)))).isEmpty();
    }

    private static List<String> notes(Map<String, Object> values) {
        Settings settings = new Settings("configuration \"c.yaml\"", values);
        RecipeReader.read(settings);
        settings.finish();
        return settings.notes();
    }

    @Test
    void what_is_left_out_gets_its_default() {
        Recipe recipe = read(Map.of("method", "static", "sparsity", 0.5));

        assertThat(recipe.granularity()).isEqualTo(Granularity.FILTER);
        assertThat(recipe.criterion()).isEqualTo("l2");
        assertThat(recipe.epochs()).isEqualTo(1);
        assertThat(recipe.updater()).isEqualTo(UpdaterRecipe.standard());
        assertThat(recipe.schedule()).isEqualTo(ScheduleRecipe.standard());
        assertThat(recipe.seed()).isEqualTo(1);
    }

    @Test
    void the_usual_criterion_depends_on_method_and_granularity() {
        assertThat(read(Map.of("method", "geometric-median", "sparsity", 0.5)).criterion())
                .isEqualTo("geometric-median");
        assertThat(read(Map.of("method", "static", "sparsity", 0.5, "granularity", "weight"))
                        .criterion())
                .isEqualTo("l1");
    }

    @Test
    void unknown_keys_are_named_with_the_nearest() {
        refused(with("sparsty", 0.5), "configuration \"c.yaml\": sparsty is unknown, did you mean \"sparsity\"?");
        refused(
                with("updater", Map.of("learningrate", 0.1)),
                "configuration \"c.yaml\": updater.learningrate is unknown, did you mean \"learningRate\"?");
        refused(
                with("schedule", Map.of("evry", 2)),
                "configuration \"c.yaml\": schedule.evry is unknown, did you mean \"every\"?");
    }

    @Test
    void unknown_words_are_named_with_the_nearest() {
        refused(
                Map.of("method", "dynamc", "sparsity", 0.5),
                "configuration \"c.yaml\": method must be one of static dynamic soft geometric-median slimming ista"
                        + " prune-and-shrink, got \"dynamc\", did you mean \"dynamic\"?");
        refused(
                with("schedule", Map.of("type", "lineer")),
                "configuration \"c.yaml\": schedule.type must be one of log agp linear cosine exponential asfp one-shot,"
                        + " got \"lineer\", did you mean \"linear\"?");
    }

    @Test
    void values_of_the_wrong_kind_are_named() {
        refused(with("epochs", 1.5), "configuration \"c.yaml\": epochs must be a whole number, got 1.5");
        refused(with("sparsity", "half"), "configuration \"c.yaml\": sparsity must be a number, got half");
        refused(with("layers", List.of()), "configuration \"c.yaml\": layers must be a mapping, got []");
        refused(with("ignore", "conv1"), "configuration \"c.yaml\": ignore must be a list, got conv1");
        refused(with("layers", Map.of("a", "b")), "configuration \"c.yaml\": layers.a must be a number, got b");
    }

    @Test
    void values_out_of_range_are_named() {
        refused(with("sparsity", 1.2), "configuration \"c.yaml\": sparsity must be in [0, 1), got 1.2");
        refused(with("sparsity", Double.NaN), "configuration \"c.yaml\": sparsity must be in [0, 1), got NaN");
        refused(
                with("layers", Map.of("conv1", 1)),
                "configuration \"c.yaml\": layers.conv1 must be in [0, 1), got 1.0");
        refused(with("epochs", 0), "configuration \"c.yaml\": epochs must be at least 1, got 0");
        refused(
                with("weightDecay", -1),
                "configuration \"c.yaml\": weightDecay must be at least 0 and finite, got -1.0");
        refused(
                with("updater", Map.of("learningRate", 0)),
                "configuration \"c.yaml\": updater.learningRate must be positive and finite, got 0.0");
        refused(
                with("updater", Map.of("momentum", 1)),
                "configuration \"c.yaml\": updater.momentum must be in [0, 1), got 1.0");
        refused(with("target", Map.of("macs", 1)), "configuration \"c.yaml\": target.macs must be in (0, 1), got 1.0");
        refused(
                with("target", Map.of("tolerance", 1)),
                "configuration \"c.yaml\": target.tolerance must be in [0, 1), got 1.0");
        refused(
                with("schedule", Map.of("every", 0)),
                "configuration \"c.yaml\": schedule.every must be at least 1, got 0");
        refused(
                with("schedule", Map.of("end", 2)),
                "configuration \"c.yaml\": schedule.end must be at most epochs = 1, got 2");
    }

    @Test
    void what_does_not_go_together_is_refused() {
        refused(
                Map.of("method", "static"),
                "configuration \"c.yaml\": sparsity must be set, for all layers or under layers");
        refused(
                Map.of("method", "soft", "sparsity", 0.5, "granularity", "weight"),
                "configuration \"c.yaml\": granularity must be filter for method soft, got weight");
        refused(
                with("target", Map.of("macs", 0.5)),
                "configuration \"c.yaml\": target.macs must go with method prune-and-shrink, got dynamic");
        refused(
                Map.of("method", "prune-and-shrink", "sparsity", 0.5, "target", Map.of("macs", 0.5)),
                "configuration \"c.yaml\": target.macs must stand in place of sparsity and layers, got both");
        refused(
                Map.of("sparsity", 0.5),
                "configuration \"c.yaml\": method must be set, one of static dynamic soft geometric-median slimming"
                        + " ista prune-and-shrink");
    }
}
