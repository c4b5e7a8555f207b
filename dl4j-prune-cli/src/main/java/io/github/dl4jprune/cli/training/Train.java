package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.input.ConfigurationFile;
import io.github.dl4jprune.cli.input.FileDigest;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.recipe.PruningMethod;
import io.github.dl4jprune.recipe.RecipeOutcome;
import io.github.dl4jprune.recipe.Settings;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.TrainingProgress;
import io.github.dl4jprune.training.TrainingStatus;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;

/** Trains and prunes one model as its configuration says. */
final class Train {
    private static final Set<PruningMethod> MASKING =
            EnumSet.of(PruningMethod.STATIC, PruningMethod.DYNAMIC, PruningMethod.SOFT, PruningMethod.GEOMETRIC_MEDIAN);

    private final TrainCommand asked;

    Train(TrainCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        Settings settings = ConfigurationFile.read(asked.config);
        TrainConfiguration configuration = TrainConfiguration.of(settings);
        asked.checkpoints.check();
        requireMask(configuration.recipe().method());
        ModelFile.checkWritable(asked.out);
        asked.output.check();
        settings.notes().forEach(asked.output::note);
        try (TrainWatch watch = TrainWatch.on(asked.live, asked.output::tell)) {
            return run(configuration, watch);
        }
    }

    private int run(TrainConfiguration configuration, TrainWatch watch) throws IOException {
        SavedModel model = Models.open(asked.model);
        TrainingImages images = TrainingImages.load(model, asked.data, configuration);
        TrainCheckpoints checkpoints = new TrainCheckpoints(
                asked.out,
                model,
                configuration,
                FileDigest.sha256(asked.model),
                images.train().fingerprint());
        if (asked.checkpoints.every > 0) {
            checkpoints.requireApart("MODEL", asked.model);
        }
        TrainRun.Start start = asked.checkpoints.resume == null
                ? TrainRun.Start.of(model)
                : checkpoints.resume(asked.checkpoints.resume);
        TrainRun run = new TrainRun(configuration, model, images, TrainingProgress.none(), watch);
        RecipeOutcome<Model> outcome = outcome(run, checkpoints, start);
        SavedModel trained = model.withNetwork(outcome.network());
        ModelFile.write(asked.out, trained, UpdaterState.SAVED);
        TrainReport report = TrainReport.of(outcome, TrainRun.accuracy(outcome.network(), images.test()));
        asked.output.finish(report.text() + "written to " + asked.out, report.json());
        return 0;
    }

    private RecipeOutcome<Model> outcome(TrainRun run, TrainCheckpoints checkpoints, TrainRun.Start start) {
        int perEpoch = run.images().batches().perEpoch();
        long left = (long) run.configuration().recipe().epochs() * perEpoch - start.iterations(perEpoch);
        try (Progress progress = new Progress("train", left)) {
            return run.telling(new Reported(progress)).from(start, asked.checkpoints.every, checkpoints);
        }
    }

    private void requireMask(PruningMethod method) {
        if (asked.live != null && !MASKING.contains(method)) {
            throw new IllegalArgumentException(
                    "method " + method.text() + " keeps no mask that --live could show: leave --live out");
        }
    }

    private final class Reported implements TrainingProgress {
        private final Progress progress;

        Reported(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void iterationDone(TrainingStatus status) {
            progress.step();
        }

        @Override
        public void epochDone(TrainingStatus status) {
            asked.output.print(String.format(
                    Locale.ROOT,
                    "epoch %d of %d: loss %.4f, %.0f examples/s",
                    status.epoch(),
                    status.epochs(),
                    status.loss(),
                    status.examplesPerSecond()));
        }
    }
}
