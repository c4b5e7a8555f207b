package io.github.dl4jprune.cli.demo;

import io.github.dl4jprune.cli.console.Size;
import io.github.dl4jprune.cli.console.Table;
import io.github.dl4jprune.training.ModelEvaluation;
import java.util.List;
import java.util.Locale;

/**
 * The network before or after.
 *
 * @param accuracy on the test images
 * @param loss on the test images
 * @param medianMillis time of one image, alone in its batch
 */
record DemoStage(double accuracy, double loss, long parameters, long macs, long bytes, double medianMillis) {
    static DemoStage of(Size size, ModelEvaluation evaluation, double medianMillis) {
        return new DemoStage(
                evaluation.accuracy(), evaluation.loss(), size.parameters(), size.macs(), size.bytes(), medianMillis);
    }

    private record Row(String what, String before, String after, String change) {}

    static String table(DemoStage before, DemoStage after, double untrained) {
        return Table.of(
                List.of(
                        new Row(
                                "test accuracy",
                                percent(before.accuracy),
                                percent(after.accuracy),
                                String.format(Locale.ROOT, "%+.2f points", 100 * (after.accuracy - before.accuracy))),
                        new Row("  before fine-tuning", "", percent(untrained), ""),
                        count("parameters", before.parameters, after.parameters),
                        count("MACs an image", before.macs, after.macs),
                        count("bytes of the file", before.bytes, after.bytes),
                        new Row(
                                "ms for one image",
                                decimal(before.medianMillis),
                                decimal(after.medianMillis),
                                decimal(before.medianMillis / after.medianMillis) + " times as fast")),
                List.of(
                        Table.words("", Row::what),
                        Table.figures("before", Row::before),
                        Table.figures("after", Row::after),
                        Table.words("", Row::change)));
    }

    private static Row count(String what, long before, long after) {
        return new Row(
                what,
                String.format(Locale.ROOT, "%,d", before),
                String.format(Locale.ROOT, "%,d", after),
                String.format(Locale.ROOT, "%.1f %% left", 100.0 * after / before));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
