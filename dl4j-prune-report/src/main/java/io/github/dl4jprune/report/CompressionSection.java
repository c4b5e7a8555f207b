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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each stage of compression saves. */
final class CompressionSection {
    private static final Map<String, String> STAGES = new LinkedHashMap<>();

    static {
        STAGES.put("dense", "dense, 4 bytes a value");
        STAGES.put("pruned", "zeros left out");
        STAGES.put("shared", "weights shared");
        STAGES.put("encoded", "Huffman-coded: the file");
    }

    private CompressionSection() {}

    static Section of(List<Result> results) {
        List<Part> parts = results.stream()
                .filter(result ->
                        result.fields().has("ratio") && result.fields().has("bytes"))
                .map(result -> new Part(result.title(), blocks(result.fields())))
                .toList();
        return new Section("compression", "Compression", "Bytes after each stage.", parts);
    }

    private static List<Block> blocks(Fields fields) {
        Fields bytes = fields.object("bytes");
        List<Fields> layers = fields.objects("layers");
        Chart stages = chart(
                "All parameters, by stage",
                List.copyOf(STAGES.values()),
                List.of(new Series(
                        "bytes",
                        Role.AFTER,
                        STAGES.keySet().stream()
                                .map(stage -> new Point(bytes.number(stage), 0))
                                .toList())));
        Chart each = chart(
                "Each parameter array, dense and in the file",
                layers.stream().map(CompressionSection::name).toList(),
                List.of(series("dense", Role.BEFORE, layers), series("encoded", Role.AFTER, layers)));
        return List.of(
                new Note("%s became %s: a ratio of %s."
                        .formatted(
                                Figures.bytes(bytes.number("dense")),
                                Figures.bytes(bytes.number("encoded")),
                                String.format(Locale.ROOT, "%.2f", fields.number("ratio")))),
                new Charts(List.of(stages, each)),
                table(layers));
    }

    private static Chart chart(String title, List<String> labels, List<Series> series) {
        return new Chart(title, Kind.BARS, new Axis("", Unit.BYTES), new Axis("", Unit.NUMBER), labels, series);
    }

    private static String name(Fields layer) {
        return layer.text("layer") + " " + layer.text("parameter");
    }

    private static Series series(String key, Role role, List<Fields> layers) {
        return new Series(
                key,
                role,
                layers.stream().map(layer -> new Point(layer.number(key), 0)).toList());
    }

    private static Table table(List<Fields> layers) {
        List<Column> columns = new ArrayList<>(List.of(Column.words("Parameters")));
        List<String> keys =
                List.of("values", "survivors", "centroids", "gapBits", "dense", "pruned", "shared", "encoded");
        List.of("values", "not zero", "centroids", "gap bits", "dense", "pruned", "shared", "encoded")
                .forEach(title -> columns.add(Column.figures(title)));
        return new Table(
                "Parameter arrays in figures",
                columns,
                layers.stream()
                        .map(layer -> {
                            List<String> row = new ArrayList<>(List.of(name(layer)));
                            keys.forEach(key -> row.add(layer.has(key) ? Figures.count(layer.count(key)) : ""));
                            return row;
                        })
                        .toList(),
                Folded.CLOSED);
    }
}
