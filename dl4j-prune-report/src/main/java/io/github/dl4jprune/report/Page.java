package io.github.dl4jprune.report;

import com.samskivert.mustache.Mustache;
import io.github.dl4jprune.report.Block.Charts;
import io.github.dl4jprune.report.Block.Code;
import io.github.dl4jprune.report.Block.Folded;
import io.github.dl4jprune.report.Block.Maps;
import io.github.dl4jprune.report.Block.Note;
import io.github.dl4jprune.report.Block.Picture;
import io.github.dl4jprune.report.Block.Table;
import io.github.dl4jprune.report.Block.Tile;
import io.github.dl4jprune.report.Block.Tiles;
import io.github.dl4jprune.report.Section.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sections as HTML. Text is escaped by the template; the charts' data is JSON that no HTML parser can leave. */
final class Page {
    private final List<Section> sections;
    private final List<Chart> charts = new ArrayList<>();

    Page(List<Section> sections) {
        this.sections = List.copyOf(sections);
    }

    String html() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("sections", sections.stream().map(this::section).toList()); // numbers the charts
        String script = Resources.script();
        String style = Resources.text("report.css");
        values.put("style", style);
        values.put("styleHash", Resources.hash(style));
        values.put("script", script);
        values.put("scriptHash", Resources.hash(script));
        values.put("charts", ChartData.json(charts));
        // strict: a name that the template misspells is an error, not an empty text
        return Mustache.compiler()
                .strictSections(true)
                .compile(Resources.text("page.mustache"))
                .execute(values);
    }

    private Map<String, Object> section(Section section) {
        return Map.of(
                "id", section.id(),
                "title", section.title(),
                "lead", section.lead(),
                "parts", section.parts().stream().map(this::part).toList());
    }

    private Map<String, Object> part(Part part) {
        return Map.of(
                "title", part.title(),
                "blocks", part.blocks().stream().map(this::block).toList());
    }

    /** Every kind has its key, false but for the one that it is. */
    private Map<String, Object> block(Block block) {
        Map<String, Object> values = new LinkedHashMap<>();
        List.of("note", "tiles", "charts", "table", "code", "picture", "maps").forEach(kind -> values.put(kind, false));
        if (block instanceof Note note) {
            values.put("note", Map.of("text", note.text()));
        } else if (block instanceof Tiles tiles) {
            values.put(
                    "tiles",
                    Map.of("all", tiles.tiles().stream().map(Page::tile).toList()));
        } else if (block instanceof Charts shown) {
            values.put("charts", charts(shown.charts()));
        } else if (block instanceof Table table) {
            values.put("table", table(table));
        } else if (block instanceof Code code) {
            values.put("code", Map.of("text", code.text()));
        } else if (block instanceof Picture picture) {
            values.put("picture", Map.of("uri", picture.uri(), "description", picture.description()));
        } else if (block instanceof Maps maps) {
            String size = maps.maps().size() <= FeatureMaps.STAND_INS + 1 ? "few" : "many";
            values.put("maps", Map.of("title", maps.title(), "all", maps.maps(), "size", size));
        }
        return values;
    }

    private static Map<String, Object> tile(Tile tile) {
        Double left = tile.left();
        return Map.of(
                "label", tile.label(),
                "before", tile.before(),
                "after", tile.after(),
                "remark", tile.remark(),
                "bar", left == null ? false : Map.of("left", Math.min(1, left)));
    }

    private Map<String, Object> charts(List<Chart> shown) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Chart chart : shown) {
            all.add(Map.of("number", charts.size(), "title", chart.title()));
            charts.add(chart);
        }
        boolean small = !shown.isEmpty() && shown.get(0).kind() == Chart.Kind.COLUMNS;
        return Map.of("all", all, "size", small ? "small" : shown.size() == 1 ? "wide" : "some");
    }

    private static Map<String, Object> table(Table table) {
        List<Object> rows = new ArrayList<>();
        for (List<String> row : table.rows()) {
            List<Object> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(Map.of("text", row.get(i), "align", align(table, i)));
            }
            rows.add(Map.of("cells", cells));
        }
        List<Object> heads = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            heads.add(Map.of("text", table.columns().get(i).title(), "align", align(table, i)));
        }
        return Map.of(
                "heads", heads, "rows", rows, "caption", table.caption(), "closed", table.folded() == Folded.CLOSED);
    }

    private static String align(Table table, int column) {
        return table.columns().get(column).align() == Block.Align.FIGURES ? "figures" : "words";
    }
}
