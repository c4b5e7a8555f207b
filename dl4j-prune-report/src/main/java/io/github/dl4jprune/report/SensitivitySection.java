package io.github.dl4jprune.report;

import io.github.dl4jprune.report.Block.Charts;
import io.github.dl4jprune.report.Block.Column;
import io.github.dl4jprune.report.Block.Folded;
import io.github.dl4jprune.report.Block.Note;
import io.github.dl4jprune.report.Block.Table;
import io.github.dl4jprune.report.Chart.Axis;
import io.github.dl4jprune.report.Chart.Kind;
import io.github.dl4jprune.report.Chart.Point;
import io.github.dl4jprune.report.Chart.Role;
import io.github.dl4jprune.report.Chart.Series;
import io.github.dl4jprune.report.Chart.Unit;
import io.github.dl4jprune.report.Section.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** How accuracy falls when one group, or the weights of one layer, is pruned alone. */
final class SensitivitySection {
    private SensitivitySection() {}

    static Section of(List<Result> results) {
        List<Part> parts = results.stream()
                .filter(result -> result.command().equals("sensitivity"))
                .map(result -> new Part(result.title(), blocks(result.fields())))
                .toList();
        return new Section(
                "sensitivity",
                "Sensitivity",
                "One group (or the weights of one layer) pruned at a time, everything else whole, nothing trained on:"
                        + " accuracy on validation images. Colours run from the first layer to the last.",
                parts);
    }

    private static List<Block> blocks(Fields fields) {
        Map<String, SortedMap<Double, Double>> curves = new LinkedHashMap<>();
        for (Fields point : fields.objects("points")) {
            curves.computeIfAbsent(point.text("layer"), layer -> new TreeMap<>())
                    .put(point.number("sparsity"), point.number("accuracy"));
        }
        List<Block> blocks = new ArrayList<>();
        if (fields.has(SensitivityFolder.UNFINISHED)) {
            blocks.add(new Note("This scan has not come to its end. Points so far: %d, of layers: %d."
                    .formatted(fields.objects("points").size(), curves.size())));
        }
        fields.find("base").ifPresent(base -> {
            blocks.add(new Note("Whole network: accuracy %s, loss %s."
                    .formatted(Figures.percent(base.number("accuracy")), Figures.decimal(base.number("loss")))));
            curves.values().forEach(curve -> curve.put(0.0, base.number("accuracy")));
        });
        blocks.add(new Charts(List.of(chart(curves))));
        blocks.add(table(curves));
        return blocks;
    }

    private static Chart chart(Map<String, SortedMap<Double, Double>> curves) {
        List<Series> series = new ArrayList<>();
        curves.forEach((layer, curve) -> series.add(new Series(
                layer,
                Role.RANK,
                curve.entrySet().stream()
                        .map(point -> new Point(point.getKey(), point.getValue()))
                        .toList())));
        return new Chart(
                "Accuracy against the sparsity of one layer or group",
                Kind.LINES,
                new Axis("sparsity", Unit.FRACTION),
                new Axis("accuracy", Unit.FRACTION),
                List.of(),
                series);
    }

    private static Table table(Map<String, SortedMap<Double, Double>> curves) {
        TreeSet<Double> sparsities = new TreeSet<>();
        curves.values().forEach(curve -> sparsities.addAll(curve.keySet()));
        List<Column> columns = new ArrayList<>(List.of(Column.words("Layer, most sensitive first")));
        sparsities.forEach(
                sparsity -> columns.add(Column.figures(String.format(Locale.ROOT, "%.0f %%", 100 * sparsity))));
        Comparator<Map.Entry<String, SortedMap<Double, Double>>> mostSensitive = Comparator.comparingDouble(entry ->
                entry.getValue().values().stream().mapToDouble(v -> v).average().orElse(0));
        List<List<String>> rows = curves.entrySet().stream()
                .sorted(mostSensitive)
                .map(entry -> {
                    List<String> row = new ArrayList<>(List.of(entry.getKey()));
                    sparsities.forEach(sparsity -> row.add(
                            entry.getValue().containsKey(sparsity)
                                    ? Figures.percent(entry.getValue().get(sparsity))
                                    : ""));
                    return row;
                })
                .toList();
        return new Table("Accuracies by sparsity (most sensitive: lowest mean)", columns, rows, Folded.CLOSED);
    }
}
