package io.github.dl4jprune.cli;

import io.github.dl4jprune.recipe.Recipe;
import io.github.dl4jprune.recipe.RecipeOutcome;
import io.github.dl4jprune.recipe.RecipeRun;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.ModelEvaluation;
import io.github.dl4jprune.training.TrainingProgress;
import io.github.dl4jprune.training.TrainingStatus;
import java.io.IOException;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;

/** Trains and prunes one model as its configuration says. */
final class Train {
    private static final int EVALUATION_BATCH = 250;
    private final TrainCommand asked;

    Train(TrainCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        TrainConfiguration configuration = TrainConfiguration.of(ConfigurationFile.read(asked.config));
        if (asked.checkpointEvery < 0) {
            throw new IllegalArgumentException("--checkpoint-every must be at least 0, got " + asked.checkpointEvery);
        }
        ModelFile.checkWritable(asked.out);
        asked.output.check();
        SavedModel model = Models.open(asked.model);
        TrainingImages images = TrainingImages.load(model, asked.data, configuration);
        TrainCheckpoints checkpoints = new TrainCheckpoints(asked.out, model, configuration);
        TrainCheckpoints.Start start = asked.resume == null ? checkpoints.start() : checkpoints.resume(asked.resume);
        RecipeOutcome<Model> outcome = outcome(configuration, images, checkpoints, start);
        SavedModel trained = model.withNetwork(outcome.network());
        ModelFile.write(asked.out, trained, UpdaterState.SAVED);
        TrainReport report = TrainReport.of(outcome, accuracy(outcome.network(), images.test()));
        asked.output.finish(report.text() + "written to " + asked.out, report.json());
        return 0;
    }

    private RecipeOutcome<Model> outcome(
            TrainConfiguration configuration,
            TrainingImages images,
            TrainCheckpoints checkpoints,
            TrainCheckpoints.Start start) {
        Recipe recipe = configuration.recipe();
        int perEpoch = images.batches().perEpoch();
        long done =
                (long) start.position().epoch() * perEpoch + start.position().batch();
        try (Progress progress = new Progress("train", (long) recipe.epochs() * perEpoch - done)) {
            return new RecipeRun(
                            recipe,
                            images.batches(),
                            images.scoring(configuration.batch()),
                            network -> accuracy(network, images.validation()),
                            new Reported(progress),
                            asked.checkpointEvery,
                            checkpoints)
                    .of(start.network(), start.position(), start.attach());
        }
    }

    private static double accuracy(Model network, ModelImages images) {
        return ModelEvaluation.of(network, images.inOrder(EVALUATION_BATCH)).accuracy();
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
