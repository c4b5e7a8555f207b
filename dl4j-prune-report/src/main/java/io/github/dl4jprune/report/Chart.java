package io.github.dl4jprune.report;

import java.util.List;

/**
 * A chart, as the page's script reads it.
 *
 * @param title what it shows
 * @param kind the form
 * @param x what runs to the right (for bars: the values)
 * @param y what runs upwards (for bars: nothing)
 * @param labels of bars, from top to bottom, or of columns; otherwise empty
 * @param series what is drawn
 */
record Chart(String title, Kind kind, Axis x, Axis y, List<String> labels, List<Series> series) {
    Chart {
        labels = List.copyOf(labels);
        series = List.copyOf(series);
    }

    /** Forms of charts. */
    enum Kind {
        /** Lying bars, one series over the other. */
        BARS,
        /** Standing bars without gaps. */
        COLUMNS,
        /** Points joined by lines. */
        LINES,
        /** Points. */
        POINTS
    }

    /** What the numbers are. */
    enum Unit {
        /** Whole numbers, shortened on axes. */
        COUNT,
        /** Fractions, shown as percentages. */
        FRACTION,
        /** Bytes. */
        BYTES,
        /** Milliseconds. */
        MILLIS,
        /** Plain numbers. */
        NUMBER
    }

    /** One axis. */
    record Axis(String title, Unit unit) {}

    /** Part a series plays, which decides its colour. */
    enum Role {
        /** What there was: grey. */
        BEFORE,
        /** What is left: the accent colour. */
        AFTER,
        /** One of a few kinds: a colour of its own. */
        KIND,
        /** One of an ordered many: a colour between the ends of a scale. */
        RANK,
        /** A bound: a broken line. */
        BOUND,
        /** A choice among points: a line through them. */
        FRONT
    }

    /**
     * One series.
     *
     * @param points as many as there are labels, or with an x each
     */
    record Series(String name, Role role, List<Point> points) {
        Series {
            points = List.copyOf(points);
        }
    }

    /**
     * One value.
     *
     * @param label what else is to be said of it; may be empty
     */
    record Point(double x, double y, String label) {
        Point(double x, double y) {
            this(x, y, "");
        }
    }
}
