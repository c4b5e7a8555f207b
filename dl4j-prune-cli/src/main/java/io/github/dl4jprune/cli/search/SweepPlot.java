package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.storage.OutputFile;
import io.github.dl4jprune.sweep.TrialResult;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** The picture of a sweep: accuracy over the multiply-adds left, with the Pareto front. */
final class SweepPlot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    private SweepPlot() {}

    static void write(Path file, SweepReport report) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .theme(Styler.ChartTheme.Matlab)
                .title("Accuracy against multiply-adds")
                .xAxisTitle("multiply-adds left, %")
                .yAxisTitle("accuracy on the validation images, %")
                .build();
        XYStyler style = chart.getStyler();
        style.setLegendPosition(Styler.LegendPosition.InsideSE);
        style.setMarkerSize(9);
        add(chart, "candidates", report.results()).setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        add(chart, "Pareto front", report.front()).setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        OutputFile.write(file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
    }

    private static XYSeries add(XYChart chart, String name, List<TrialResult> results) {
        return chart.addSeries(
                name,
                results.stream().mapToDouble(result -> 100 * result.macs()).toArray(),
                results.stream().mapToDouble(result -> 100 * result.accuracy()).toArray());
    }
}
