package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.Names;
import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.datasets.Augmentation;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.BatchNormRecalibration;
import io.github.dl4jprune.training.Distillation;
import io.github.dl4jprune.training.FineTuning;
import io.github.dl4jprune.training.LearningRateSchedule;
import io.github.dl4jprune.training.TrainingProgress;
import io.github.dl4jprune.training.TrainingStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/** Trains one model on and writes the result, with the state of its updater. */
final class Finetune {
    private static final List<String> OF_TRAINING =
            List.of("--learning-rate", "--schedule", "--momentum", "--weight-decay", "--teacher");
    private final FinetuneCommand asked;

    Finetune(FinetuneCommand asked) {
        this.asked = asked;
    }

    int run() {
        Names.require("--schedule", asked.schedule, List.of("constant", "cosine"));
        Names.require("--augment", asked.augment, List.of("none", "crop-flip"));
        Batch batch = new Batch("--batch", asked.batch);
        FineTuning.Builder settings = settings();
        for (String option : OF_TRAINING) {
            asked.output.noteEffect(option, asked.epochs > 0, "with --epochs 0, which trains nothing");
        }
        ModelFile.checkWritable(asked.out);
        asked.output.check();
        SavedModel model = Models.open(asked.model);
        asked.output.noteEffect("--recalibrate-bn", normalizes(model), "on a network without batch normalisation");
        if (asked.teacher != null) {
            settings.distillation(new Distillation(Models.open(asked.teacher).network()));
        }
        ModelImages images = ModelImages.load(model, asked.data, Split.TRAIN, asked.examples);
        batch.requireTraining(model, images.examples());
        ImageIterator train = images.with(new ImageIterator.Builder(images.images())
                .batch(asked.batch)
                .shuffle(asked.seed)
                .augmentation(asked.augment.equals("none") ? Augmentation.NONE : Augmentation.CROP_FLIP));
        FineTuning run = settings.batchesPerEpoch(train.batches()).build();
        List<EpochLoss> epochs = new ArrayList<>();
        Model trained;
        try (Progress progress = new Progress("finetune", (long) run.epochs() * train.batches())) {
            trained = run.fit(model.network(), train, new Reported(progress, epochs));
        }
        ModelFile.write(asked.out, model.withNetwork(trained), UpdaterState.SAVED);
        asked.output.finish("written to " + asked.out, Map.of("epochs", epochs, "examples", images.examples()));
        return 0;
    }

    private static boolean normalizes(SavedModel model) {
        return NetworkView.of(model.network()).structure().nodes().stream()
                .anyMatch(node -> node.content() instanceof LayerContent content
                        && content.layer() instanceof BatchNormalization);
    }

    private FineTuning.Builder settings() {
        FineTuning.Builder settings = new FineTuning.Builder()
                .epochs(asked.epochs)
                .learningRate(asked.learningRate)
                .schedule(LearningRateSchedule.valueOf(asked.schedule.toUpperCase(Locale.ROOT)))
                .momentum(asked.momentum)
                .weightDecay(asked.weightDecay)
                .seed(asked.seed);
        if (asked.recalibrateBn != 0) {
            settings.recalibration(new BatchNormRecalibration(asked.recalibrateBn));
        }
        settings.build(); // says what is out of range before anything is read
        return settings;
    }

    /** One epoch of the JSON result. */
    record EpochLoss(int epoch, double loss) {}

    private final class Reported implements TrainingProgress {
        private final Progress progress;
        private final List<EpochLoss> epochs;

        Reported(Progress progress, List<EpochLoss> epochs) {
            this.progress = progress;
            this.epochs = epochs;
        }

        @Override
        public void iterationDone(TrainingStatus status) {
            progress.step();
        }

        @Override
        public void epochDone(TrainingStatus status) {
            epochs.add(new EpochLoss(status.epoch(), status.loss()));
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
