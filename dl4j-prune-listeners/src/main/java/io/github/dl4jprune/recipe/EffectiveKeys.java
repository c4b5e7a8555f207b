package io.github.dl4jprune.recipe;

import io.github.dl4jprune.selection.Granularity;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which keys of a recipe have an effect beside which others. What belongs to one method or updater alone is refused beside
 * another. What most of them have (criterion, sparsity, schedule, learning rate) is only told of, so that configurations that
 * differ in their method or updater alone may share it.
 */
final class EffectiveKeys {
    private static final Set<PruningMethod> GROWING =
            EnumSet.of(PruningMethod.DYNAMIC, PruningMethod.SOFT, PruningMethod.PRUNE_AND_SHRINK);
    private static final Set<PruningMethod> PENALIZING = EnumSet.of(PruningMethod.SLIMMING, PruningMethod.ISTA);
    private static final Set<String> OF_WEIGHTS = Set.of("l1", "l2", "random");

    private EffectiveKeys() {}

    static void check(Settings root, PruningMethod method, Granularity granularity, String criterion) {
        String with = "with method " + method.text();
        boolean penalizing = PENALIZING.contains(method);
        root.noteEffect(
                "criterion",
                !penalizing || criterion.equals("bn-scale"),
                with + ", which goes by the scales of batch normalisations");
        root.noteEffect(
                "criterion",
                granularity == Granularity.FILTER || OF_WEIGHTS.contains(criterion),
                "with granularity weight: weights go by magnitude (l1) or random, got " + criterion);
        root.noteEffect("sparsity", method != PruningMethod.ISTA, with + ", where the penalty decides how much goes");
        root.noteEffect("schedule", GROWING.contains(method), with + ": it belongs to " + names(GROWING));
        root.requireEffect(
                "penalty",
                penalizing || root.number("penalty").orElse(0) == 0,
                with + ": it belongs to " + names(PENALIZING));
        root.section("target")
                .requireEffect(
                        "measure",
                        method == PruningMethod.PRUNE_AND_SHRINK,
                        with + ": it belongs to " + PruningMethod.PRUNE_AND_SHRINK.text());
    }

    static void schedule(Settings section, PruningMethod method) {
        boolean shrinks = method == PruningMethod.PRUNE_AND_SHRINK;
        boolean once = section.text("type")
                .filter(SparsityCurve.ONE_SHOT.text()::equals)
                .isPresent();
        section.noteEffect("type", !shrinks, "with method prune-and-shrink, whose cuts are all alike");
        section.noteEffect(
                "every",
                !once || shrinks || section.count("every").orElse(1) == 1,
                "with schedule.type one-shot, whose only update is at schedule.end");
    }

    static void updater(Settings section, UpdaterKind kind, PruningMethod method) {
        String with = "with updater.type " + kind.text();
        boolean rated = kind != UpdaterKind.ADADELTA;
        // ISTA's proximal steps have the length of the learning rate, whatever the updater
        section.noteEffect("learningRate", rated || method == PruningMethod.ISTA, with + ", which has none");
        section.noteEffect("learningRateSchedule", rated, with + ", which has no learning rate");
        section.requireEffect(
                "momentum",
                kind == UpdaterKind.NESTEROVS || section.number("momentum").orElse(0) == 0,
                with + ": it belongs to " + UpdaterKind.NESTEROVS.text());
    }

    private static String names(Set<PruningMethod> methods) {
        return Arrays.stream(PruningMethod.values())
                .filter(methods::contains)
                .map(PruningMethod::text)
                .collect(Collectors.joining(", "));
    }
}
