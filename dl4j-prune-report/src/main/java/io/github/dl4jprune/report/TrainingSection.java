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
import java.util.Optional;

/** Loss, accuracy and sparsity over the epochs of training. */
final class TrainingSection {
    private static final Axis EPOCHS = new Axis("epoch", Unit.NUMBER);

    private TrainingSection() {}

    static Section of(List<Result> results) {
        List<Part> parts = results.stream()
                .filter(result -> result.fields().has("epochs"))
                .map(result -> new Part(result.title(), blocks(result)))
                .toList();
        return new Section(
                "training",
                "Training",
                "Sparsity is the part of the weights (or channels) held at zero after each epoch: the schedule as it was"
                        + " followed.",
                parts);
    }

    private static List<Block> blocks(Result result) {
        Fields fields = result.fields();
        List<Fields> epochs = fields.objects("epochs");
        List<Chart> charts = new ArrayList<>();
        List<Series> quality = new ArrayList<>();
        curve("validation accuracy", "validationAccuracy", epochs).ifPresent(quality::add);
        curve("sparsity", "sparsity", epochs).ifPresent(quality::add);
        if (!quality.isEmpty()) {
            charts.add(lines("Accuracy and sparsity", new Axis("", Unit.FRACTION), quality));
        }
        curve("loss", "loss", epochs)
                .ifPresent(loss ->
                        charts.add(lines("Loss (mean of the epoch)", new Axis("", Unit.NUMBER), List.of(loss))));
        if (fields.has("parameters")) {
            charts.add(zeros(fields.objects("parameters")));
        }
        List<Block> blocks = new ArrayList<>();
        fields.find("test")
                .ifPresent(test -> blocks.add(
                        new Note("Test accuracy afterwards: " + Figures.percent(test.number("accuracy")) + ".")));
        blocks.add(new Charts(charts));
        blocks.add(table(epochs));
        return blocks;
    }

    private static Optional<Series> curve(String name, String key, List<Fields> epochs) {
        List<Point> points = epochs.stream()
                .filter(epoch -> epoch.has(key))
                .map(epoch -> new Point(epoch.number("epoch"), epoch.number(key)))
                .toList();
        return points.stream().anyMatch(point -> Double.isFinite(point.y()))
                ? Optional.of(new Series(name, Role.KIND, points))
                : Optional.empty();
    }

    private static Chart lines(String title, Axis y, List<Series> series) {
        return new Chart(title, Kind.LINES, EPOCHS, y, List.of(), series);
    }

    private static Chart zeros(List<Fields> parameters) {
        return new Chart(
                "Zeros in each weight array",
                Kind.BARS,
                new Axis("", Unit.FRACTION),
                new Axis("", Unit.NUMBER),
                parameters.stream().map(one -> one.text("name")).toList(),
                List.of(new Series(
                        "zeros",
                        Role.AFTER,
                        parameters.stream()
                                .map(one -> new Point(one.number("sparsity"), 0))
                                .toList())));
    }

    private static Table table(List<Fields> epochs) {
        return new Table(
                "Epochs in figures",
                List.of(
                        Column.figures("Epoch"),
                        Column.figures("Loss"),
                        Column.figures("Validation accuracy"),
                        Column.figures("Sparsity")),
                epochs.stream()
                        .map(epoch -> List.of(
                                Figures.count(epoch.count("epoch")),
                                Figures.decimal(epoch.number("loss")),
                                epoch.has("validationAccuracy")
                                        ? Figures.percent(epoch.number("validationAccuracy"))
                                        : "",
                                epoch.has("sparsity") ? Figures.decimal(epoch.number("sparsity")) : ""))
                        .toList(),
                Folded.CLOSED);
    }
}
