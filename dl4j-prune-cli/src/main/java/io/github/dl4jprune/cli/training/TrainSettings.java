package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.datasets.Augmentation;
import io.github.dl4jprune.recipe.Recipe;
import io.github.dl4jprune.recipe.ScheduleRecipe;
import io.github.dl4jprune.recipe.TargetRecipe;
import io.github.dl4jprune.recipe.UpdaterRecipe;
import io.github.dl4jprune.selection.Granularity;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.nd4j.linalg.schedule.ScheduleType;

/** What a run was told, defaults included, by the keys of its configuration. */
final class TrainSettings {
    private TrainSettings() {}

    static RunSettings of(TrainConfiguration configuration) {
        Map<String, String> values = new LinkedHashMap<>();
        Recipe recipe = configuration.recipe();
        values.put("method", recipe.method().text());
        values.put("granularity", recipe.granularity() == Granularity.WEIGHT ? "weight" : "filter");
        values.put("criterion", recipe.criterion());
        values.put("sparsity", text(recipe.sparsity()));
        recipe.layers().forEach((layer, sparsity) -> values.put("layers." + layer, String.valueOf(sparsity)));
        values.put("ignore", String.valueOf(recipe.ignored()));
        put(values, recipe.schedule());
        values.put("epochs", String.valueOf(recipe.epochs()));
        put(values, recipe.updater());
        values.put("weightDecay", String.valueOf(recipe.weightDecay()));
        values.put("penalty", String.valueOf(recipe.penalty()));
        put(values, recipe.target());
        values.put("seed", String.valueOf(recipe.seed()));
        values.put(
                "examples",
                configuration.examples() == null ? RunSettings.NONE : String.valueOf(configuration.examples()));
        values.put("batch", String.valueOf(configuration.batch()));
        values.put("augment", configuration.augmentation() == Augmentation.NONE ? "none" : "crop-flip");
        return new RunSettings("configuration", values);
    }

    private static void put(Map<String, String> values, ScheduleRecipe schedule) {
        OptionalInt end = schedule.end();
        values.put("schedule.type", schedule.curve().text());
        values.put("schedule.unit", schedule.unit() == ScheduleType.EPOCH ? "epoch" : "iteration");
        values.put("schedule.every", String.valueOf(schedule.every()));
        values.put("schedule.end", end.isPresent() ? String.valueOf(end.getAsInt()) : RunSettings.NONE);
    }

    private static void put(Map<String, String> values, UpdaterRecipe updater) {
        values.put("updater.type", updater.kind().text());
        values.put("updater.learningRate", String.valueOf(updater.learningRate()));
        values.put("updater.momentum", String.valueOf(updater.momentum()));
        values.put("updater.learningRateSchedule", updater.schedule().text());
    }

    private static void put(Map<String, String> values, TargetRecipe target) {
        values.put("target.macs", text(target.macs()));
        values.put("target.tolerance", text(target.tolerance()));
        values.put("target.measure", target.measure().name().toLowerCase(Locale.ROOT));
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? String.valueOf(value.getAsDouble()) : RunSettings.NONE;
    }
}
