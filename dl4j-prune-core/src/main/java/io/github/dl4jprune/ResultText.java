package io.github.dl4jprune;

import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.surgery.Verification;
import java.util.Locale;

/** Words a pruning result. */
final class ResultText {
    private ResultText() {}

    static String of(PruningResult<?> result) {
        int widest = result.groups().stream()
                .mapToInt(group -> group.name().length())
                .max()
                .orElse(5);
        StringBuilder text = new StringBuilder();
        String row = "%-" + Math.max(5, widest) + "s  %6s  %6s  %s%n";
        text.append(String.format(Locale.ROOT, row, "group", "before", "after", "note"));
        for (PrunedGroup group : result.groups()) {
            text.append(String.format(Locale.ROOT, row, group.name(), group.width(), group.kept(), group.note()));
        }
        text.append(costs(result.before(), result.after()));
        result.verification().ifPresent(verification -> text.append(proof(verification)));
        result.folding().ifPresent(folding -> text.append(folding.summary()).append(System.lineSeparator()));
        if (!result.note().isEmpty()) {
            text.append(result.note()).append(System.lineSeparator());
        }
        return text.toString();
    }

    static String costs(Cost before, Cost after) {
        StringBuilder text = new StringBuilder();
        line(text, "parameters", before.parameters(), after.parameters());
        line(text, "multiply-adds", before.macs(), after.macs());
        return text.toString();
    }

    private static void line(StringBuilder text, String what, long before, long after) {
        double left = before == 0 ? 100 : 100.0 * after / before;
        text.append(String.format(Locale.ROOT, "%-13s  %,d -> %,d (%.1f %% left)%n", what, before, after, left));
    }

    private static String proof(Verification verification) {
        return String.format(
                Locale.ROOT,
                "masked and shrunk network differ by %.3g at most (allowed %.3g, %d examples)%n",
                verification.maxAbsoluteDifference(),
                verification.tolerance(),
                verification.examples());
    }
}
