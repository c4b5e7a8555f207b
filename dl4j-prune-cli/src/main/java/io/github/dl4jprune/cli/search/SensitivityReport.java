package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.cli.console.Table;
import io.github.dl4jprune.search.NormStatistics;
import io.github.dl4jprune.search.SensitivityCurves;
import io.github.dl4jprune.search.SensitivitySubject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a scan found, for people and as JSON. */
record SensitivityReport(SensitivityCurves curves, List<NormStatistics> norms, Map<String, Double> ratios) {
    private record Row(
            SensitivitySubject subject,
            double lost,
            @Nullable NormStatistics norms) {}

    String text() {
        double middle = middle();
        List<Row> rows = curves.mostSensitiveFirst(middle).stream()
                .map(subject -> new Row(subject, curves.accuracyLost(subject, middle), normsOf(subject)))
                .toList();
        StringBuilder text = new StringBuilder(String.format(
                        Locale.ROOT,
                        "whole network: accuracy %.2f %%, loss %.4f on the validation images",
                        100 * curves.base().accuracy(),
                        curves.base().loss()))
                .append(System.lineSeparator());
        text.append(Table.of(
                        rows,
                        List.of(
                                Table.words(
                                        "most sensitive first",
                                        row -> row.subject().layer()),
                                Table.decimal(
                                        String.format(Locale.ROOT, "points lost at %.2f", middle),
                                        row -> 100 * row.lost()),
                                Table.words("filter norms", SensitivityReport::words))))
                .append(System.lineSeparator());
        if (!ratios.isEmpty()) {
            text.append("sparsities: ").append(ratios).append(System.lineSeparator());
        }
        return text.toString();
    }

    private static String words(Row row) {
        return row.norms() == null ? "" : row.norms().verdict();
    }

    private @Nullable NormStatistics normsOf(SensitivitySubject subject) {
        return norms.stream()
                .filter(n -> n.layer().equals(subject.layer()))
                .findFirst()
                .orElse(null);
    }

    /** The middle of the sparsities measured. */
    private double middle() {
        TreeSet<Double> all = new TreeSet<>();
        curves.subjects().forEach(subject -> all.addAll(curves.sparsities(subject)));
        return all.isEmpty() ? 0 : new ArrayList<>(all).get(all.size() / 2);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("base", curves.base());
        json.put("points", points());
        json.put("norms", norms(norms));
        json.put("ratios", ratios);
        return json;
    }

    private List<Map<String, Object>> points() {
        List<Map<String, Object>> points = new ArrayList<>();
        curves.points().forEach(point -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("group", point.subject().group());
            values.put("layer", point.subject().layer());
            values.put("sparsity", point.sparsity());
            values.put("loss", point.quality().loss());
            values.put("accuracy", point.quality().accuracy());
            points.add(values);
        });
        return points;
    }

    static List<Map<String, Object>> norms(List<NormStatistics> norms) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (NormStatistics layer : norms) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("layer", layer.layer());
            values.put("filters", layer.filters());
            values.put("minimum", layer.minimum());
            values.put("mean", layer.mean());
            values.put("maximum", layer.maximum());
            values.put("deviation", layer.deviation());
            values.put("histogram", layer.histogram());
            values.put("trusted", layer.trusted());
            values.put("verdict", layer.verdict());
            all.add(values);
        }
        return all;
    }
}
