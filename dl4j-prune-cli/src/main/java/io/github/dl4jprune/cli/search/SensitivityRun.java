package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.cli.console.JsonFile;
import io.github.dl4jprune.cli.console.Names;
import io.github.dl4jprune.cli.console.OutputFolder;
import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.search.ChannelSensitivity;
import io.github.dl4jprune.search.NormStatistics;
import io.github.dl4jprune.search.Quality;
import io.github.dl4jprune.search.QualityMeasure;
import io.github.dl4jprune.search.RatioSearch;
import io.github.dl4jprune.search.SensitivityCurves;
import io.github.dl4jprune.search.SensitivityPoint;
import io.github.dl4jprune.search.SensitivityScan;
import io.github.dl4jprune.search.SensitivitySubject;
import io.github.dl4jprune.search.WeightSensitivity;
import io.github.dl4jprune.selection.ChannelScorer;
import io.github.dl4jprune.selection.ChannelScores;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;

/** Scans one model and writes the curves, their picture, and the sparsities chosen by them. */
final class SensitivityRun {
    private static final int BATCH = 250;
    private final SensitivityCommand asked;

    SensitivityRun(SensitivityCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        checkArguments();
        Criterion criterion = Criteria.named(asked.criterion, 0);
        asked.output.check();
        SavedModel model = Models.open(asked.model);
        NetworkView<Model> network = NetworkView.of(model.network());
        ChannelGraph graph = ChannelGraph.of(network);
        ModelImages images = ModelImages.load(model, asked.data, Split.VALIDATION, asked.examples);
        SensitivityFile file = SensitivityFile.open(asked.out, SensitivitySettings.of(asked));
        QualityMeasure measure = candidate -> quality(candidate, images);
        SensitivityScan scan = asked.granularity.equals("weight")
                ? new WeightSensitivity(network)
                : new ChannelSensitivity(network, graph, scores(network, graph, criterion, model));
        Quality base = file.base(() -> measure.of(model.network()));
        SensitivityCurves curves = new SensitivityCurves(base, measured(scan, measure, file));
        List<NormStatistics> norms = norms(network, graph);
        JsonFile.write(asked.out.resolve("norms.json"), SensitivityReport.norms(norms));
        SensitivityPlot.write(asked.out.resolve("sensitivity.png"), curves);
        CostModel costs = new CostModel(network, graph, ModelInputs.types(model));
        Map<String, Double> ratios = ratios(scan, curves, costs);
        SensitivityReport report = new SensitivityReport(curves, norms, ratios);
        asked.output.finish(report.text() + "written to " + asked.out, report.json());
        return 0;
    }

    private void checkArguments() {
        Names.require("--granularity", asked.granularity, List.of("filter", "weight"));
        if (asked.sparsities.isEmpty()) {
            throw new IllegalArgumentException("--sparsities must name at least one in (0, 1), got none");
        }
        for (double sparsity : asked.sparsities) {
            if (!(sparsity > 0 && sparsity < 1)) {
                throw new IllegalArgumentException("--sparsities must each be in (0, 1), got " + sparsity);
            }
        }
        checkFraction("--macs", asked.macs);
        checkFraction("--accuracy-loss", asked.accuracyLoss);
        if (asked.macs != null && asked.accuracyLoss != null) {
            throw new IllegalArgumentException("only one of --macs and --accuracy-loss can be given");
        }
        if ((asked.macs != null || asked.accuracyLoss != null) && asked.granularity.equals("weight")) {
            throw new IllegalArgumentException(
                    "--macs and --accuracy-loss choose channels: they need --granularity filter, got weight");
        }
        asked.output.noteEffect(
                "--criterion",
                asked.granularity.equals("filter") || asked.criterion.equals("l1"),
                "with --granularity weight: weights go by magnitude (l1)");
        OutputFolder.check(asked.out);
    }

    private static void checkFraction(String option, @Nullable Double value) {
        if (value != null && !(value > 0 && value < 1)) {
            throw new IllegalArgumentException(option + " must be in (0, 1), got " + value);
        }
    }

    private ChannelScores scores(
            NetworkView<Model> network, ChannelGraph graph, Criterion criterion, SavedModel model) {
        ChannelScorer scorer = new ChannelScorer(network, graph);
        return Criteria.looksAtData(criterion)
                ? scorer.score(
                        criterion,
                        ModelImages.load(model, asked.data, Split.TRAIN, asked.examples)
                                .inOrder(BATCH))
                : scorer.score(criterion, null);
    }

    private List<SensitivityPoint> measured(SensitivityScan scan, QualityMeasure measure, SensitivityFile file)
            throws IOException {
        List<Double> sparsities = List.copyOf(new TreeSet<>(asked.sparsities));
        List<SensitivityPoint> points = new ArrayList<>();
        try (Progress progress =
                new Progress("sensitivity", (long) scan.subjects().size() * sparsities.size())) {
            for (SensitivitySubject subject : scan.subjects()) {
                for (double sparsity : sparsities) {
                    points.add(file.point(subject, sparsity, () -> scan.measure(subject, sparsity, measure)));
                    progress.step();
                }
            }
        }
        return points;
    }

    private static Quality quality(Model candidate, ModelImages images) {
        ModelEvaluation evaluation = ModelEvaluation.of(candidate, images.inOrder(BATCH));
        return new Quality(evaluation.loss(), evaluation.accuracy());
    }

    private static List<NormStatistics> norms(NetworkView<Model> network, ChannelGraph graph) {
        List<NormStatistics> norms = new ArrayList<>();
        new ChannelScorer(network, graph)
                .scoresByLayer(new L2Norm(), null)
                .forEach((layer, values) -> norms.add(NormStatistics.of(layer, values)));
        return norms;
    }

    private Map<String, Double> ratios(SensitivityScan scan, SensitivityCurves curves, CostModel costs)
            throws IOException {
        Double macs = asked.macs;
        Double accuracyLoss = asked.accuracyLoss;
        Map<String, Double> ratios = Map.of();
        if (scan instanceof ChannelSensitivity channels) {
            RatioSearch search = new RatioSearch(channels, curves, costs);
            if (macs != null) {
                ratios = search.forMacs(macs);
            } else if (accuracyLoss != null) {
                ratios = search.forAccuracyLost(accuracyLoss);
            }
        }
        if (!ratios.isEmpty()) {
            JsonFile.write(asked.out.resolve("ratios.json"), ratios);
        }
        return ratios;
    }
}
