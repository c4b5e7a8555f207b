package io.github.dl4jprune.examples;

import io.github.dl4jprune.storage.OutputFile;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The surviving weights of one parameter before and after sharing.
 *
 * @param name the parameter, as in {@code 0_W}
 * @param before all weights, zeros included
 * @param after the same, shared
 */
record WeightDistribution(String name, float[] before, float[] after) {
    private static final int BINS = 80;
    private static final Color BINS_COLOR = new Color(0xa8c4e0);
    private static final Color CENTROIDS_COLOR = new Color(0xb45309);

    /** The weights of the layer with the most of them. */
    static WeightDistribution of(Model before, Model after) {
        String largest = before.paramTable().entrySet().stream()
                .max((a, b) -> Long.compare(a.getValue().length(), b.getValue().length()))
                .orElseThrow()
                .getKey();
        return new WeightDistribution(
                largest,
                before.getParam(largest).dup().data().asFloat(),
                after.getParam(largest).dup().data().asFloat());
    }

    /** How many weights have each value after sharing, zero left out, in ascending order of the values. */
    Map<Float, Integer> centroids() {
        Map<Float, Integer> counts = new TreeMap<>();
        for (float value : after) {
            if (value != 0) {
                counts.merge(value, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Surviving weights in each of {@value #BINS} bins of equal width between the smallest and the largest. */
    int[] histogram() {
        float[] range = range();
        int[] counts = new int[BINS];
        for (float value : before) {
            if (value != 0) {
                counts[Math.min(BINS - 1, (int) (BINS * (value - range[0]) / (range[1] - range[0])))]++;
            }
        }
        return counts;
    }

    private float[] range() {
        float[] sorted = before.clone();
        Arrays.sort(sorted);
        return new float[] {sorted[0], sorted[sorted.length - 1]};
    }

    /** Draws both: an area of bins, and one line a centroid, which ends where it counts its weights on the right axis. */
    void write(Path file) {
        XYChart chart = new XYChartBuilder()
                .width(1100)
                .height(600)
                .theme(Styler.ChartTheme.Matlab)
                .title("Weights of " + name + " that are not 0, before and after sharing")
                .xAxisTitle("weight")
                .yAxisTitle("weights in a bin")
                .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        chart.setYAxisGroupTitle(1, "weights of a centroid");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        bins(chart);
        sticks(chart);
        OutputFile.write(file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
    }

    private void bins(XYChart chart) {
        float[] range = range();
        List<Double> x = new ArrayList<>();
        List<Integer> y = new ArrayList<>();
        int[] counts = histogram();
        for (int i = 0; i < BINS; i++) {
            x.add(range[0] + (i + 0.5) * (range[1] - range[0]) / BINS);
            y.add(counts[i]);
        }
        XYSeries series = chart.addSeries("before", x, y);
        series.setFillColor(BINS_COLOR);
        series.setLineColor(BINS_COLOR);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea).setMarker(SeriesMarkers.NONE);
    }

    private void sticks(XYChart chart) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        centroids().forEach((value, count) -> {
            x.addAll(List.of((double) value, (double) value, (double) value));
            y.addAll(List.of(0.0, (double) count, 0.0));
        });
        XYSeries series = chart.addSeries("after: " + x.size() / 3 + " centroids", x, y);
        series.setYAxisGroup(1);
        series.setLineColor(CENTROIDS_COLOR);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line).setMarker(SeriesMarkers.NONE);
    }
}
