package io.github.dl4jprune.cli.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.report.FeatureMaps;
import io.github.dl4jprune.report.Report;
import io.github.dl4jprune.storage.OutputFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads results and writes the page. */
final class WrittenReport {
    private final ReportCommand asked;

    WrittenReport(ReportCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        boolean pictures = asked.model != null || asked.layer != null || asked.data != null;
        if (pictures && (asked.model == null || asked.layer == null || asked.data == null)) {
            throw new IllegalArgumentException("--model, --layer and --data go together: one of them is missing");
        }
        asked.output.requireEffect("--image", pictures, "without --model, --layer and --data");
        OutputFile.checkWritable(asked.out);
        asked.output.check();
        Report results = Report.of(asked.sources);
        requireApart(results.files());
        Report report = asked.model != null && asked.layer != null && asked.data != null
                ? results.with(maps(results, asked.model, asked.layer, asked.data))
                : results;
        byte[] page = report.html().getBytes(UTF_8);
        OutputFile.write(asked.out, out -> out.write(page));
        asked.output.finish(
                "%d results, written to %s".formatted(report.results(), asked.out),
                Map.of("results", report.results(), "bytes", page.length));
        return 0;
    }

    /** The page must not take the place of what it is made of. */
    private void requireApart(List<Path> files) throws IOException {
        for (Path file : files) {
            if (Files.exists(asked.out) && Files.isSameFile(asked.out, file)) {
                throw new IllegalArgumentException(
                        "--out must name a file of its own, got that of a result, \"" + file + "\"");
            }
        }
    }

    private FeatureMaps maps(Report results, Path file, String layer, String data) {
        List<Integer> kept = results.keptChannels(layer);
        SavedModel model = Models.open(file);
        ModelImages images = ModelImages.load(model, data, Split.TEST, null);
        if (!(asked.image >= 1 && asked.image <= images.examples())) {
            throw new IllegalArgumentException("--image must be in 1.." + images.examples() + ", got " + asked.image);
        }
        ImageIterator one = images.inOrder(1);
        for (int skipped = 1; skipped < asked.image; skipped++) {
            one.next();
        }
        return FeatureMaps.of(
                NetworkView.of(model.network()), layer, kept, one.next().getFeatures());
    }
}
