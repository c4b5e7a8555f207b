package io.github.dl4jprune.report;

import io.github.dl4jprune.report.Chart.Axis;
import io.github.dl4jprune.report.Chart.Point;
import io.github.dl4jprune.report.Chart.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Charts as JSON that may stand in an HTML page. */
final class ChartData {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ChartData() {}

    /** JSON without any character that means something to an HTML parser. */
    static String json(List<Chart> charts) {
        try {
            return JSON.writeValueAsString(charts.stream().map(ChartData::chart).toList())
                    .replace("&", "\\u0026")
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> chart(Chart chart) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", name(chart.kind()));
        values.put("x", axis(chart.x()));
        values.put("y", axis(chart.y()));
        values.put("labels", chart.labels());
        values.put("series", chart.series().stream().map(ChartData::series).toList());
        return values;
    }

    private static Map<String, Object> axis(Axis axis) {
        return Map.of("title", axis.title(), "unit", name(axis.unit()));
    }

    private static Map<String, Object> series(Series series) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", series.name());
        values.put("role", name(series.role()));
        values.put("points", series.points().stream().map(ChartData::point).toList());
        return values;
    }

    private static List<Object> point(Point point) {
        List<Object> values = new ArrayList<>(List.of(finite(point.x()), finite(point.y())));
        if (!point.label().isEmpty()) {
            values.add(point.label());
        }
        return values;
    }

    // a gap in a curve; JSON has no infinity
    private static Object finite(double value) {
        return Double.isFinite(value) ? (Object) value : "gap";
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
