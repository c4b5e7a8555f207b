package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.search.SensitivityCurves;
import io.github.dl4jprune.search.SensitivitySubject;
import io.github.dl4jprune.storage.OutputFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** The picture of a scan: accuracy over sparsity, one curve a group. */
final class SensitivityPlot {
    private static final int WIDTH = 1100;
    private static final int HEIGHT_OF_A_NAME = 22;
    private static final int LEAST_HEIGHT = 650;

    private SensitivityPlot() {}

    static void write(Path file, SensitivityCurves curves) {
        int height = Math.max(
                LEAST_HEIGHT, 150 + HEIGHT_OF_A_NAME * curves.subjects().size());
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(height)
                .theme(Styler.ChartTheme.Matlab)
                .title("Accuracy after pruning one group alone, nothing trained")
                .xAxisTitle("sparsity of the group")
                .yAxisTitle("accuracy on the validation images, %")
                .build();
        XYStyler style = chart.getStyler();
        style.setLegendPosition(Styler.LegendPosition.OutsideE);
        style.setMarkerSize(5);
        style.setXAxisMin(0.0);
        style.setXAxisMax(1.0);
        for (SensitivitySubject subject : curves.subjects()) {
            List<Double> x = new ArrayList<>(List.of(0.0));
            List<Double> y = new ArrayList<>(List.of(100 * curves.base().accuracy()));
            curves.points().stream().filter(p -> p.subject().equals(subject)).forEach(p -> {
                x.add(p.sparsity());
                y.add(100 * p.quality().accuracy());
            });
            chart.addSeries(subject.layer(), x, y);
        }
        OutputFile.write(file, out -> BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG));
    }
}
