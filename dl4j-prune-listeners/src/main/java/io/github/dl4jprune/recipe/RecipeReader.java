package io.github.dl4jprune.recipe;

import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.training.LearningRateSchedule;
import io.github.dl4jprune.training.ToleranceMeasure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
        Map<String, Double> layers = root.section("layers").numbers();
        ScheduleRecipe schedule = schedule(root.section("schedule"), method);
        UpdaterRecipe updater = updater(root.section("updater"), method);
        TargetRecipe target = target(root.section("target"));
        OptionalDouble sparsity = root.number("sparsity");
        Set<String> ignored = Set.copyOf(root.texts("ignore"));
        int epochs = root.count("epochs").orElse(1);
        double weightDecay = root.number("weightDecay").orElse(5e-4);
        double penalty = root.number("penalty").orElse(1e-4);
        int seed = root.count("seed").orElse(1);
        return root.together(() -> new Recipe(
                method,
                granularity,
                criterion,
                sparsity,
                layers,
                ignored,
                schedule,
                epochs,
                updater,
                weightDecay,
                penalty,
                target,
                seed));
    }

    private static String text(Granularity granularity) {
        return granularity == Granularity.WEIGHT ? "weight" : "filter";
    }

    private static ScheduleRecipe schedule(Settings section, PruningMethod method) {
        EffectiveKeys.schedule(section, method);
        ScheduleRecipe standard = ScheduleRecipe.standard();
        SparsityCurve curve = one(section, "type", SparsityCurve.values(), SparsityCurve::text, standard.curve());
        ScheduleType unit = section.word("unit", List.of("epoch", "iteration"))
                        .orElse("epoch")
                        .equals("epoch")
                ? ScheduleType.EPOCH
                : ScheduleType.ITERATION;
        int every = section.count("every").orElse(standard.every());
        OptionalInt end = section.count("end");
        ScheduleRecipe read = section.together(() -> new ScheduleRecipe(curve, unit, every, end));
        section.finish();
        return read;
    }

    private static UpdaterRecipe updater(Settings section, PruningMethod method) {
        UpdaterRecipe standard = UpdaterRecipe.standard();
        UpdaterKind kind = one(section, "type", UpdaterKind.values(), UpdaterKind::text, standard.kind());
        EffectiveKeys.updater(section, kind, method);
        double learningRate = section.number("learningRate").orElse(kind.usualLearningRate());
        double momentum = section.number("momentum").orElse(standard.momentum());
        LearningRateSchedule schedule = one(
                section,
                "learningRateSchedule",
                LearningRateSchedule.values(),
                LearningRateSchedule::text,
                standard.schedule());
        UpdaterRecipe read = section.together(() -> new UpdaterRecipe(kind, learningRate, momentum, schedule));
        section.finish();
        return read;
    }

    private static TargetRecipe target(Settings section) {
        OptionalDouble macs = section.number("macs");
        OptionalDouble tolerance = section.number("tolerance");
        ToleranceMeasure measure =
                one(section, "measure", ToleranceMeasure.values(), ToleranceMeasure::text, TargetRecipe.NONE.measure());
        TargetRecipe read = section.together(() -> new TargetRecipe(macs, tolerance, measure));
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
