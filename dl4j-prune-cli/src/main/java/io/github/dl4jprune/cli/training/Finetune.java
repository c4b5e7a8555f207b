package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.Names;
import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.FileDigest;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.datasets.Augmentation;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.listeners.KeptZeros;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.BatchNormRecalibration;
import io.github.dl4jprune.training.Distillation;
import io.github.dl4jprune.training.DropoutRate;
import io.github.dl4jprune.training.FineTuning;
import io.github.dl4jprune.training.LearningRateSchedule;
import io.github.dl4jprune.training.ResumableFineTuning;
import io.github.dl4jprune.training.ResumableTraining;
import io.github.dl4jprune.training.TrainingPosition;
import io.github.dl4jprune.training.TrainingProgress;
import io.github.dl4jprune.training.TrainingStatus;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/** Trains one model on and writes the result, with the state of its updater. */
final class Finetune {
    private static final List<String> OF_TRAINING = List.of(
            "--learning-rate",
            "--schedule",
            "--momentum",
            "--weight-decay",
            "--keep-zeros",
            "--teacher",
            "--checkpoint-every",
            "--resume");
    private final FinetuneCommand asked;

    Finetune(FinetuneCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        Names.require("--schedule", asked.schedule, List.of("constant", "cosine"));
        Names.require("--augment", asked.augment, List.of("none", "crop-flip"));
        asked.checkpoints.check();
        Batch batch = new Batch("--batch", asked.batch);
        FineTuning.Builder settings = settings();
        for (String option : OF_TRAINING) {
            asked.output.noteEffect(option, asked.epochs > 0, "with --epochs 0, which trains nothing");
        }
        ModelFile.checkWritable(asked.out);
        asked.output.check();
        SavedModel model = Models.open(asked.model);
        asked.output.noteEffect("--recalibrate-bn", normalizes(model), "on a network without batch normalisation");
        if (asked.dropout != null) {
            int changed = DropoutRate.apply(model.network(), asked.dropout);
            asked.output.noteEffect("--dropout", changed > 0, "on a network without dropout");
        }
        Optional<WeightMask> zeros = asked.keepZeros ? Optional.of(KeptZeros.of(model.network())) : Optional.empty();
        zeros.ifPresent(kept -> asked.output.noteEffect("--keep-zeros", !kept.isEmpty(), "on a network without zeros"));
        ModelImages images = ModelImages.load(model, asked.data, Split.TRAIN, asked.examples);
        if (asked.teacher != null) {
            SavedModel teacher = Models.open(asked.teacher);
            settings.distillation(new Distillation(teacher.network()));
            requireAlike(images, teacher);
        }
        batch.requireTraining(model, images.examples());
        images.requireClasses();
        ResumableTraining.Outcome<Model> outcome = train(settings, model, images, zeros);
        ModelFile.write(asked.out, model.withNetwork(outcome.network()), UpdaterState.SAVED);
        List<EpochLoss> epochs = outcome.epochs().stream()
                .map(epoch -> new EpochLoss(epoch.epoch(), epoch.loss()))
                .toList();
        asked.output.finish("written to " + asked.out, Map.of("epochs", epochs, "examples", images.examples()));
        return 0;
    }

    /** A teacher sees the very batches of the model, so that it must expect what those hold. */
    private void requireAlike(ModelImages images, SavedModel teacher) {
        if (!images.readAlike(teacher)) {
            throw new IllegalArgumentException("--teacher \"" + asked.teacher
                    + "\" must read images as the model does (size, axis order, normalisation)");
        }
    }

    private ResumableTraining.Outcome<Model> train(
            FineTuning.Builder settings, SavedModel model, ModelImages images, Optional<WeightMask> zeros)
            throws IOException {
        ImageBatches batches = new ImageBatches(
                images,
                asked.batch,
                asked.seed,
                asked.augment.equals("none") ? Augmentation.NONE : Augmentation.CROP_FLIP);
        RunCheckpoints checkpoints = new RunCheckpoints(
                "finetune",
                asked.out,
                FinetuneSettings.of(asked),
                FileDigest.sha256(asked.model),
                images.fingerprint());
        requireApart(checkpoints);
        Model network = model.network();
        TrainingPosition position = TrainingPosition.START;
        if (asked.checkpoints.resume != null) {
            RunCheckpoints.Read checkpoint = checkpoints.read(asked.checkpoints.resume, asked.momentum > 0);
            network = checkpoint.model().network();
            position = requireWithin(checkpoint.position(), batches.perEpoch());
        }
        Model student = network;
        zeros.ifPresent(kept -> KeptZeros.keep(kept, student));
        long done = (long) position.epoch() * batches.perEpoch() + position.batch();
        try (Progress progress = new Progress("finetune", (long) asked.epochs * batches.perEpoch() - done)) {
            return new ResumableFineTuning(
                            settings.build(),
                            batches,
                            new Reported(progress),
                            asked.checkpoints.every,
                            (trained, iterations, reached) ->
                                    checkpoints.write(model.withNetwork(trained), iterations, reached))
                    .run(network, position);
        }
    }

    private void requireApart(RunCheckpoints checkpoints) {
        if (asked.checkpoints.every > 0) {
            checkpoints.requireApart("MODEL", asked.model);
            if (asked.teacher != null) {
                checkpoints.requireApart("--teacher", asked.teacher);
            }
        }
    }

    private TrainingPosition requireWithin(TrainingPosition position, int perEpoch) {
        if (position.epoch() > asked.epochs || position.batch() >= perEpoch) {
            throw new IllegalArgumentException(
                    "checkpoint \"%s\" must lie within %d epochs of %d iterations, got epoch %d, iteration %d"
                            .formatted(
                                    asked.checkpoints.resume,
                                    asked.epochs,
                                    perEpoch,
                                    position.epoch(),
                                    position.batch()));
        }
        return position;
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
