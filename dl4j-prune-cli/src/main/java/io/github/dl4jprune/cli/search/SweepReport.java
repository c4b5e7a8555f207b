package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.cli.console.Table;
import io.github.dl4jprune.sweep.ParetoFront;
import io.github.dl4jprune.sweep.TrialResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a sweep found, for people and as JSON. */
record SweepReport(List<TrialResult> results, List<TrialResult> front, double maxMacs) {
    SweepReport(List<TrialResult> results, double maxMacs) {
        this(List.copyOf(results), ParetoFront.of(results), maxMacs);
    }

    String text() {
        List<TrialResult> sorted = new ArrayList<>(results);
        sorted.sort(Comparator.comparingDouble((TrialResult result) -> result.score(maxMacs))
                .reversed());
        return Table.of(
                        sorted,
                        List.of(
                                Table.words("candidate, best first", SweepReport::settings),
                                Table.decimal("validation accuracy, %", result -> 100 * result.accuracy()),
                                Table.decimal("MACs left, %", result -> 100 * result.macs()),
                                Table.decimal("parameters left, %", result -> 100 * result.parameters()),
                                Table.figures(
                                        "sparsity", result -> String.format(Locale.ROOT, "%.4f", result.sparsity())),
                                Table.words("", this::remark)))
                + System.lineSeparator();
    }

    private static String settings(TrialResult result) {
        return result.settings().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private String remark(TrialResult result) {
        if (result.macs() > maxMacs + 1e-12) {
            return "beyond maxMacs";
        }
        return front.contains(result) ? "on the front" : "";
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("maxMacs", maxMacs);
        json.put("candidates", results.stream().map(this::json).toList());
        json.put("front", front.stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(TrialResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("settings", result.settings());
        json.put("validationAccuracy", result.accuracy());
        json.put("macs", result.macs());
        json.put("parameters", result.parameters());
        json.put("sparsity", result.sparsity());
        json.put("score", result.score(maxMacs));
        return json;
    }
}
