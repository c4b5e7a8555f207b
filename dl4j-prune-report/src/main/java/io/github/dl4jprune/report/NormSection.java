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

/** How the filter norms of each layer are spread, and whether a norm may be trusted to rank them. */
final class NormSection {
    private NormSection() {}

    static Section of(List<Result> results) {
        List<Part> parts = results.stream()
                .filter(result -> result.fields().has("norms"))
                .map(result -> new Part(result.title(), blocks(result.fields().objects("norms"))))
                .toList();
        return new Section(
                "norms",
                "May norms be trusted?",
                "A norm ranks filters well where norms deviate widely and the smallest is near zero (He et al., Filter"
                        + " Pruning via Geometric Median, CVPR 2019, section 3.2). How many filters have which L2 norm:",
                parts);
    }

    private static List<Block> blocks(List<Fields> norms) {
        long trusted = norms.stream().filter(layer -> layer.flag("trusted")).count();
        return List.of(
                new Note("Both hold in %d of %d layers.".formatted(trusted, norms.size())),
                new Charts(norms.stream().map(NormSection::histogram).toList()),
                table(norms));
    }

    private static Chart histogram(Fields layer) {
        List<Double> counts = layer.numbers("histogram");
        double width = layer.number("maximum") / Math.max(1, counts.size());
        List<String> labels = new ArrayList<>();
        List<Point> points = new ArrayList<>();
        for (int bin = 0; bin < counts.size(); bin++) {
            labels.add(String.format(Locale.ROOT, "%.2f", (bin + 0.5) * width));
            points.add(new Point(
                    counts.get(bin),
                    0,
                    String.format(Locale.ROOT, "norms %.3f to %.3f", bin * width, (bin + 1) * width)));
        }
        Role role = layer.flag("trusted") ? Role.AFTER : Role.BEFORE;
        return new Chart(
                layer.text("layer") + (layer.flag("trusted") ? ": trusted" : ": not trusted"),
                Kind.COLUMNS,
                new Axis("", Unit.NUMBER),
                new Axis("", Unit.COUNT),
                labels,
                List.of(new Series("filters", role, points)));
    }

    private static Table table(List<Fields> norms) {
        return new Table(
                "",
                List.of(
                        Column.words("Layer"),
                        Column.figures("Filters"),
                        Column.figures("Smallest"),
                        Column.figures("Mean"),
                        Column.figures("Largest"),
                        Column.figures("Deviation"),
                        Column.words("Verdict")),
                norms.stream()
                        .map(layer -> List.of(
                                layer.text("layer"),
                                Figures.count(layer.count("filters")),
                                Figures.decimal(layer.number("minimum")),
                                Figures.decimal(layer.number("mean")),
                                Figures.decimal(layer.number("maximum")),
                                Figures.decimal(layer.number("deviation")),
                                layer.text("verdict")))
                        .toList(),
                Folded.OPEN);
    }
}
