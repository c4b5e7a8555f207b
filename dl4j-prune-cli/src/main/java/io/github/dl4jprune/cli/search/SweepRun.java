package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.ZeroChannels;
import io.github.dl4jprune.cli.console.JsonFile;
import io.github.dl4jprune.cli.console.OutputFolder;
import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.input.ConfigurationFile;
import io.github.dl4jprune.cli.input.FileDigest;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.cli.training.TrainConfiguration;
import io.github.dl4jprune.cli.training.TrainRun;
import io.github.dl4jprune.cli.training.TrainingImages;
import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.recipe.RecipeOutcome;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.sweep.TrialResult;
import io.github.dl4jprune.sweep.TrialStore;
import io.github.dl4jprune.training.EpochResult;
import io.github.dl4jprune.training.TrainingProgress;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;

/** Trains all candidates of a sweep and compares them. */
final class SweepRun {
    private static final int EXAMPLES = 2;
    private static final long SEED = 20260101;
    private final SweepCommand asked;

    SweepRun(SweepCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        SweepConfiguration configuration = SweepConfiguration.of(ConfigurationFile.read(asked.config));
        List<Map<String, Object>> candidates = configuration.sweep().plan().settings();
        List<String> notes = configuration.check();
        List<TrainConfiguration> read =
                candidates.stream().map(configuration::candidate).toList();
        OutputFolder.check(asked.out);
        asked.output.check();
        notes.forEach(asked.output::note);
        SavedModel model = Models.open(asked.model);
        read.forEach(candidate -> candidate.recipe().requireLayersOf(model.network()));
        TrainingImages.load(model, asked.data, read.get(0)); // says now what is wrong with the data
        Cost before = Models.cost(model);
        TrialStore store = new TrialStore(asked.out, common(configuration));
        List<TrialResult> results;
        try (Progress progress = new Progress("sweep", candidates.size())) {
            results = configuration.sweep().run((index, settings) -> {
                TrialResult result = store.result(
                        index, settings, () -> trial(configuration.candidate(settings), settings, model, before));
                progress.step();
                return result;
            });
        }
        SweepReport report = new SweepReport(results, configuration.sweep().maxMacs());
        JsonFile.write(asked.out.resolve("results.json"), report.json());
        SweepPlot.write(asked.out.resolve("pareto.png"), report);
        asked.output.finish(report.text() + "written to " + asked.out, report.json());
        return 0;
    }

    private Map<String, Object> common(SweepConfiguration configuration) throws IOException {
        return Map.of("model", FileDigest.sha256(asked.model), "data", asked.data, "train", configuration.train());
    }

    private TrialResult trial(
            TrainConfiguration configuration, Map<String, Object> settings, SavedModel model, Cost before) {
        TrainRun run = new TrainRun(
                configuration, model, TrainingImages.load(model, asked.data, configuration), TrainingProgress.none());
        RecipeOutcome<Model> outcome = run.whole();
        EpochResult last = outcome.epochs().get(outcome.epochs().size() - 1);
        Cost after = cost(run, model.withNetwork(outcome.network()));
        return new TrialResult(
                settings,
                last.validationAccuracy(),
                (double) after.macs() / before.macs(),
                (double) after.parameters() / before.parameters(),
                last.sparsity());
    }

    /** What is left when the zero channels are cut out. */
    private static Cost cost(TrainRun run, SavedModel trained) {
        if (run.shrinks()) {
            return Models.cost(trained);
        }
        return ZeroChannels.remove(
                        trained.network(), ModelInputs.types(trained), ModelInputs.random(trained, EXAMPLES, SEED))
                .after();
    }
}
