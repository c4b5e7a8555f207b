package io.github.dl4jprune.recipe;

import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.training.LearningRateSchedule;
import io.github.dl4jprune.training.ToleranceMeasure;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.nd4j.linalg.schedule.ScheduleType;

/** Reads a recipe out of settings; what is left out gets its default. */
public final class RecipeReader {
    private RecipeReader() {}

    /**
     * Reads the keys of a recipe. The caller reads what else the settings may hold and then calls {@link
     * Settings#finish}.
     *
     * @throws IllegalArgumentException if the method is missing, or a value is of the wrong kind or out of range
     */
    public static Recipe read(Settings root) {
        if (!root.has("method")) {
            throw new IllegalArgumentException(root.subject("method") + " must be set, one of "
                    + String.join(" ", names(PruningMethod.values(), PruningMethod::text)));
        }
        PruningMethod method = one(root, "method", PruningMethod.values(), PruningMethod::text, PruningMethod.STATIC);
        Granularity granularity =
                one(root, "granularity", Granularity.values(), RecipeReader::text, Granularity.FILTER);
        String usual = granularity == Granularity.WEIGHT ? "l1" : "l2";
        String criterion = root.word("criterion", Criteria.names())
                .orElse(method == PruningMethod.GEOMETRIC_MEDIAN ? "geometric-median" : usual);
        EffectiveKeys.check(root, method, granularity, criterion);
        return new Recipe(
                method,
                granularity,
                criterion,
                root.number("sparsity"),
                root.section("layers").numbers(),
                Set.copyOf(root.texts("ignore")),
                schedule(root.section("schedule"), method),
                root.count("epochs").orElse(1),
                updater(root.section("updater"), method),
                root.number("weightDecay").orElse(5e-4),
                root.number("penalty").orElse(1e-4),
                target(root.section("target")),
                root.count("seed").orElse(1));
    }

    private static String text(Granularity granularity) {
        return granularity == Granularity.WEIGHT ? "weight" : "filter";
    }

    private static ScheduleRecipe schedule(Settings section, PruningMethod method) {
        EffectiveKeys.schedule(section, method);
        ScheduleRecipe standard = ScheduleRecipe.standard();
        ScheduleRecipe read = new ScheduleRecipe(
                one(section, "type", SparsityCurve.values(), SparsityCurve::text, standard.curve()),
                section.word("unit", List.of("epoch", "iteration"))
                                .orElse("epoch")
                                .equals("epoch")
                        ? ScheduleType.EPOCH
                        : ScheduleType.ITERATION,
                section.count("every").orElse(standard.every()),
                section.count("end"));
        section.finish();
        return read;
    }

    private static UpdaterRecipe updater(Settings section, PruningMethod method) {
        UpdaterRecipe standard = UpdaterRecipe.standard();
        UpdaterKind kind = one(section, "type", UpdaterKind.values(), UpdaterKind::text, standard.kind());
        EffectiveKeys.updater(section, kind, method);
        UpdaterRecipe read = new UpdaterRecipe(
                kind,
                section.number("learningRate").orElse(kind.usualLearningRate()),
                section.number("momentum").orElse(standard.momentum()),
                one(
                        section,
                        "learningRateSchedule",
                        LearningRateSchedule.values(),
                        LearningRateSchedule::text,
                        standard.schedule()));
        section.finish();
        return read;
    }

    private static TargetRecipe target(Settings section) {
        TargetRecipe read = new TargetRecipe(
                section.number("macs"),
                section.number("tolerance"),
                one(
                        section,
                        "measure",
                        ToleranceMeasure.values(),
                        ToleranceMeasure::text,
                        TargetRecipe.NONE.measure()));
        section.finish();
        return read;
    }

    private static <E> E one(Settings section, String key, E[] values, Function<E, String> name, E otherwise) {
        return section.word(key, names(values, name))
                .flatMap(word -> Arrays.stream(values)
                        .filter(value -> name.apply(value).equals(word))
                        .findFirst())
                .orElse(otherwise);
    }

    private static <E> List<String> names(E[] values, Function<E, String> name) {
        return Arrays.stream(values).map(name).toList();
    }
}
