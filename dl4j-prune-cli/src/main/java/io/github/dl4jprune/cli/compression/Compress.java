package io.github.dl4jprune.cli.compression;

import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.compression.CompressedFile;
import io.github.dl4jprune.compression.CompressedModel;
import io.github.dl4jprune.compression.ParameterSlice.Kind;
import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.compression.SharingPlan;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.listeners.SharedWeightListener;
import io.github.dl4jprune.listeners.WeightMaskListener;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.training.DropoutRescaling;
import io.github.dl4jprune.training.FineTuning;
import io.github.dl4jprune.training.TrainingProgress;
import io.github.dl4jprune.training.TrainingStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Prunes and retrains if that was asked for, shares, encodes and writes. */
final class Compress {
    private final CompressCommand asked;

    Compress(CompressCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        CompressConfig config = asked.config == null ? CompressConfig.none() : CompressConfig.read(asked.config);
        config.notes().forEach(asked.output::note);
        boolean trains = config.prune().isPresent() || config.retrain().isPresent();
        if (trains && asked.data == null) {
            throw new IllegalArgumentException("the keys prune and retrain need --data");
        }
        asked.output.noteEffect("--data", trains, "without the keys prune or retrain in --config: nothing is trained");
        SharingPlan plan = new SharingPlan(
                asked.convBits,
                asked.denseBits,
                config.layerBits(),
                config.clustering(),
                config.centroids(),
                config.vectors());
        ModelFile.checkWritable(asked.out);
        asked.output.check();
        SavedModel model = trains ? Models.open(asked.model) : ModelFile.read(asked.model);
        ModelImages images =
                asked.data == null || !trains ? null : ModelImages.load(model, asked.data, Split.TRAIN, null);
        if (images != null) {
            new Batch("configuration key \"batch\"", config.batch()).requireTraining(model, images.examples());
        }
        Model network = model.network();
        if (images != null && config.prune().isPresent()) {
            network = pruned(network, config, config.prune().get(), images);
        }
        SharedModel shared = plan.share(network);
        noteBits("--conv-bits", shared, Kind.CONVOLUTION, "convolutions");
        noteBits("--dense-bits", shared, Kind.DENSE, "weights outside of convolutions");
        if (images != null && config.retrain().isPresent()) {
            shared = retrained(network, shared, config, images);
        }
        CompressedModel compressed = CompressedFile.write(asked.out, model.withNetwork(network), shared);
        CompressedSizes sizes = new CompressedSizes(compressed);
        asked.output.finish(sizes.table() + System.lineSeparator() + "written to " + asked.out, sizes.json());
        return 0;
    }

    private void noteBits(String option, SharedModel shared, Kind kind, String what) {
        boolean there = shared.parameters().stream()
                .anyMatch(parameter -> parameter.slice().kind() == kind);
        asked.output.noteEffect(option, there, "on a network without " + what);
    }

    private Model pruned(Model network, CompressConfig config, CompressConfig.Pruning prune, ModelImages images) {
        INDArray mask = prune.weights().mask(network);
        Model copy = NetworkView.of(network).copyWithoutListeners().model();
        DropoutRescaling.apply(copy, mask);
        WeightMaskListener.attach(copy, mask);
        Model trained = train("prune", copy, config, prune.training(), images);
        trained.setListeners(new ArrayList<>());
        return trained;
    }

    private SharedModel retrained(Model network, SharedModel shared, CompressConfig config, ModelImages images) {
        Model copy = NetworkView.of(network).copyWithoutListeners().model();
        SharedWeightListener listener = SharedWeightListener.attach(copy, shared);
        Model trained = train("retrain", copy, config, config.retrain().orElseThrow(), images);
        return listener.sharedModel(trained);
    }

    private Model train(
            String task, Model network, CompressConfig config, CompressConfig.Training training, ModelImages images) {
        ImageIterator batches = images.with(
                new ImageIterator.Builder(images.images()).batch(config.batch()).shuffle(config.seed()));
        FineTuning run = new FineTuning.Builder()
                .epochs(training.epochs())
                .learningRate(training.learningRate())
                .weightDecay(training.weightDecay())
                .batchesPerEpoch(batches.batches())
                .seed(config.seed())
                .build();
        try (Progress progress = new Progress(task, (long) run.epochs() * batches.batches())) {
            return run.fit(network, batches, new Reported(task, progress));
        }
    }

    private final class Reported implements TrainingProgress {
        private final String task;
        private final Progress progress;

        Reported(String task, Progress progress) {
            this.task = task;
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
                    "%s: epoch %d of %d: loss %.4f, %.0f examples/s",
                    task,
                    status.epoch(),
                    status.epochs(),
                    status.loss(),
                    status.examplesPerSecond()));
        }
    }
}
