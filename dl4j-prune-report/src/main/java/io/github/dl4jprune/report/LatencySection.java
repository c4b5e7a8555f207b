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
import java.util.List;
import java.util.Locale;

/** Measured times of inference. */
final class LatencySection {
    private LatencySection() {}

    static Section of(List<Result> results) {
        List<Part> parts = new ArrayList<>();
        for (Result result : results) {
            if (result.command().equals("bench")) {
                List<Fields> models = result.fields().objects("models");
                String batch =
                        models.isEmpty() ? "" : ", batch " + models.get(0).count("batch");
                parts.add(new Part(result.title() + batch, List.of(new Charts(charts(models)), table(models))));
            }
            result.fields()
                    .find("latency")
                    .ifPresent(budget -> parts.add(new Part(
                            result.title() + ", batch " + budget.count("batch"), List.of(new Note(told(budget))))));
        }
        return new Section(
                "latency",
                "Latency",
                "Median times of one batch, the models run in turn; of this machine only.",
                parts);
    }

    private static String told(Fields budget) {
        return "Asked for %s of the time, measured %s: one batch took %s before and takes %s now (%s layers timed, %s rounds)."
                .formatted(
                        Figures.percent(budget.number("asked")),
                        Figures.percent(budget.number("reached")),
                        Figures.millis(budget.number("beforeMillis")),
                        Figures.millis(budget.number("afterMillis")),
                        Figures.count(budget.count("measuredLayers")),
                        Figures.count(budget.count("rounds")));
    }

    private static List<Chart> charts(List<Fields> models) {
        return List.of(
                chart("Time of one batch, less is better", "medianMillis", Unit.MILLIS, models),
                chart("Examples a second, more is better", "examplesPerSecond", Unit.COUNT, models));
    }

    private static Chart chart(String title, String key, Unit unit, List<Fields> models) {
        List<Point> points =
                models.stream().map(model -> new Point(model.number(key), 0)).toList();
        return new Chart(
                title,
                Kind.BARS,
                new Axis("", unit),
                new Axis("", Unit.NUMBER),
                models.stream().map(LatencySection::name).toList(),
                List.of(new Series("median", Role.AFTER, points)));
    }

    private static String name(Fields model) {
        String runtime = model.text("runtime", "");
        return Result.name(model.text("model")) + (runtime.isEmpty() ? "" : " (" + runtime + ")");
    }

    private static Table table(List<Fields> models) {
        return new Table(
                "Times in figures",
                List.of(
                        Column.words("Model"),
                        Column.figures("Median"),
                        Column.figures("Examples a second"),
                        Column.figures("Multiply-adds"),
                        Column.figures("Times as fast as the first")),
                models.stream()
                        .map(model -> List.of(
                                name(model),
                                Figures.millis(model.number("medianMillis")),
                                String.format(Locale.ROOT, "%,.1f", model.number("examplesPerSecond")),
                                model.has("macs") ? Figures.count(model.count("macs")) : "",
                                model.has("speedup")
                                        ? String.format(Locale.ROOT, "%.2f", model.number("speedup"))
                                        : ""))
                        .toList(),
                Folded.OPEN);
    }
}
