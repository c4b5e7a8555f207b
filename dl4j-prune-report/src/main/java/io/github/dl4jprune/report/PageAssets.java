package io.github.dl4jprune.report;

/** What other pages of this project share with the report, so that they look alike. */
public final class PageAssets {
    private PageAssets() {}

    /** The style sheet: colours for light and dark, tiles, charts, tables. */
    public static String style() {
        return Resources.text("report.css");
    }

    /** The script of Chart.js, under its licence. */
    public static String chartJs() {
        return Resources.chartJs();
    }
}
