package io.github.dl4jprune.report;

import io.github.dl4jprune.report.Block.Charts;
import io.github.dl4jprune.report.Block.Column;
import io.github.dl4jprune.report.Block.Folded;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.nd4j.shade.jackson.databind.JsonNode;

/** What a sweep's candidates cost and reach. */
final class ParetoSection {
    private ParetoSection() {}

    static Section of(List<Result> results) {
        List<Part> parts = results.stream()
                .filter(result -> result.command().equals("sweep"))
                .map(result -> new Part(result.title(), blocks(result.fields())))
                .toList();
        return new Section(
                "pareto",
                "Pareto front",
                "Every candidate of a sweep. On the front: no other candidate is better in one of accuracy and"
                        + " multiply-adds and at least as good in the other.",
                parts);
    }

    private static List<Block> blocks(Fields fields) {
        List<Fields> candidates = fields.objects("candidates");
        List<Point> front = new ArrayList<>(points(fields.objects("front")));
        front.sort(Comparator.comparingDouble(Point::x));
        List<Series> series = new ArrayList<>();
        series.add(new Series("on the front", Role.FRONT, front));
        series.add(new Series("candidates", Role.BEFORE, points(candidates)));
        bound(fields, candidates).ifPresent(series::add);
        return List.of(
                new Charts(List.of(new Chart(
                        "Validation accuracy against multiply-adds left",
                        Kind.POINTS,
                        new Axis("multiply-adds left", Unit.FRACTION),
                        new Axis("validation accuracy", Unit.FRACTION),
                        List.of(),
                        series))),
                table(fields, candidates));
    }

    private static List<Point> points(List<Fields> candidates) {
        return candidates.stream()
                .map(one -> new Point(one.number("macs"), one.number("validationAccuracy"), settings(one)))
                .toList();
    }

    private static Optional<Series> bound(Fields fields, List<Fields> candidates) {
        if (!fields.has("maxMacs") || !(fields.number("maxMacs") < 1)) {
            return Optional.empty();
        }
        double x = fields.number("maxMacs");
        double low = accuracies(candidates).min().orElse(0);
        double high = accuracies(candidates).max().orElse(1);
        return Optional.of(new Series("maxMacs", Role.BOUND, List.of(new Point(x, low), new Point(x, high))));
    }

    private static DoubleStream accuracies(List<Fields> candidates) {
        return candidates.stream()
                .mapToDouble(one -> one.number("validationAccuracy"))
                .filter(Double::isFinite);
    }

    private static String settings(Fields candidate) {
        return candidate.object("settings").entries().entrySet().stream()
                .map(entry -> entry.getKey() + "="
                        + (entry.getValue().isValueNode() ? entry.getValue().asText() : entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static Table table(Fields fields, List<Fields> candidates) {
        Set<JsonNode> front = fields.objects("front").stream().map(Fields::node).collect(Collectors.toSet());
        List<List<String>> rows = candidates.stream()
                .sorted(Comparator.comparingDouble((Fields one) -> one.number("validationAccuracy"))
                        .reversed())
                .map(one -> List.of(
                        settings(one),
                        Figures.percent(one.number("validationAccuracy")),
                        Figures.percent(one.number("macs")),
                        Figures.percent(one.number("parameters")),
                        Figures.decimal(one.number("sparsity")),
                        front.contains(one.node()) ? "on the front" : ""))
                .toList();
        return new Table(
                "Candidates in figures",
                List.of(
                        Column.words("Settings"),
                        Column.figures("Validation accuracy"),
                        Column.figures("Multiply-adds left"),
                        Column.figures("Parameters left"),
                        Column.figures("Sparsity"),
                        Column.words("")),
                rows,
                Folded.CLOSED);
    }
}
