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
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Channels, multiply-adds and parameters of each layer, before and after. */
final class LayersSection {
    private static final Axis NONE = new Axis("", Unit.NUMBER);

    private LayersSection() {}

    static Section of(List<Result> results) {
        List<Part> parts = new ArrayList<>();
        for (Result result : results) {
            List<Block> blocks = new ArrayList<>();
            if (result.fields().has("before") && result.fields().has("layers")) {
                addLayers(result.fields().objects("layers"), blocks);
            }
            if (result.fields().has("before") && result.fields().has("groups")) {
                addGroups(result.fields().objects("groups"), !blocks.isEmpty(), blocks);
            }
            if (!blocks.isEmpty()) {
                parts.add(new Part(result.title(), blocks));
            }
        }
        return new Section(
                "layers",
                "Layer by layer",
                "Layers in the network's order; grey: before, colour: what is left. Channels that are added up or"
                        + " otherwise belong together form a group and go together.",
                parts);
    }

    private static void addLayers(List<Fields> layers, List<Block> blocks) {
        // the same rows in all charts: layers that multiply, not the norms and scales between them
        List<Fields> multiplying = layers.stream()
                .filter(layer -> layer.object("macs").count("before") > 0)
                .toList();
        List<Fields> drawn = multiplying.isEmpty() ? layers : multiplying;
        blocks.add(new Charts(List.of(
                chart("Channels", "channels", drawn),
                chart("Multiply-adds, one example", "macs", drawn),
                chart("Parameters", "parameters", drawn))));
        List<Column> columns = new ArrayList<>(List.of(Column.words("Layer")));
        for (String title : List.of("Channels", "Multiply-adds", "Parameters")) {
            columns.add(Column.figures(title));
            columns.add(Column.figures("left"));
        }
        blocks.add(new Table(
                "Layers in figures",
                columns,
                layers.stream().map(LayersSection::row).toList(),
                Folded.CLOSED));
    }

    private static List<String> row(Fields layer) {
        List<String> row = new ArrayList<>(List.of(layer.text("name")));
        for (String key : List.of("channels", "macs", "parameters")) {
            row.add(Figures.count(layer.object(key).count("before")));
            row.add(Figures.count(layer.object(key).count("after")));
        }
        return row;
    }

    private static Chart chart(String title, String key, List<Fields> layers) {
        return bars(
                title,
                layers.stream().map(layer -> layer.text("name")).toList(),
                series("before", Role.BEFORE, layers, layer -> layer.object(key).count("before")),
                series("after", Role.AFTER, layers, layer -> layer.object(key).count("after")));
    }

    private static Chart bars(String title, List<String> labels, Series before, Series after) {
        return new Chart(title, Kind.BARS, new Axis("", Unit.COUNT), NONE, labels, List.of(before, after));
    }

    private static Series series(String name, Role role, List<Fields> all, ToDoubleFunction<Fields> value) {
        return new Series(
                name,
                role,
                all.stream().map(one -> new Point(value.applyAsDouble(one), 0)).toList());
    }

    private static void addGroups(List<Fields> groups, boolean known, List<Block> blocks) {
        if (!known && !groups.isEmpty()) {
            blocks.add(new Charts(List.of(bars(
                    "Channels of each group",
                    groups.stream().map(group -> group.text("name")).toList(),
                    series("before", Role.BEFORE, groups, group -> group.count("width")),
                    series("after", Role.AFTER, groups, group -> group.count("kept"))))));
        }
        blocks.add(new Table(
                "Groups in figures",
                List.of(
                        Column.words("Group"),
                        Column.words("Layers"),
                        Column.figures("Channels"),
                        Column.figures("asked to keep"),
                        Column.figures("kept"),
                        Column.words("Note")),
                groups.stream()
                        .map(group -> List.of(
                                group.text("name"),
                                String.join(", ", group.texts("layers")),
                                Figures.count(group.count("width")),
                                Figures.count(group.count("requested")),
                                Figures.count(group.count("kept")),
                                group.text("note", "")))
                        .toList(),
                Folded.CLOSED));
    }
}
