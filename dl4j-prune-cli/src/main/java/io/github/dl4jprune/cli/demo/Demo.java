package io.github.dl4jprune.cli.demo;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.console.Size;
import io.github.dl4jprune.cli.input.CountingIterator;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.cli.pruning.PruningReport;
import io.github.dl4jprune.cli.training.Evaluate;
import io.github.dl4jprune.cost.InterleavedTiming;
import io.github.dl4jprune.criterion.Distance;
import io.github.dl4jprune.criterion.GeometricMedian;
import io.github.dl4jprune.datasets.Augmentation;
import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.FineTuning;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Prunes, trains on and measures a network that comes with this program. */
final class Demo {
    private static final double SPARSITY = 0.5;
    private static final long SEED = 1;
    private static final int BATCH = 64;
    private static final int TIMED_ROUNDS = 15;
    private final DemoCommand asked;

    Demo(DemoCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        if (asked.out != null) {
            ModelFile.checkWritable(asked.out);
        }
        asked.output.check();
        DataSource.parse(asked.data); // says what is wrong with it before any work
        OneDnn.enable();
        boolean embedded = asked.data.equals("embedded");
        SavedModel model = bundled(embedded).read();
        Size size = Size.of(model, Models.cost(model));
        ModelImages test = ModelImages.load(model, asked.data, Split.TEST, asked.examples);

        asked.output.print(
                "Half of the channels of each group go, those nearest to the others by geometric median ...");
        PruningResult<Model> result = Pruner.of(model.network())
                .criterion(new GeometricMedian(Distance.EUCLIDEAN))
                .sparsity(SPARSITY)
                .verifyOn(test.inOrder(BATCH).next().getFeatures())
                .prune();
        SavedModel cut = model.withNetwork(result.network());
        PruningReport report = PruningReport.of(model, cut, result);
        asked.output.print(report.proof());

        asked.output.print("What is left is trained on ...");
        SavedModel small = cut.withNetwork(tuned(cut, asked.epochs == null ? embedded ? 3 : 1 : asked.epochs));
        if (asked.out != null) {
            ModelFile.write(asked.out, small, UpdaterState.SAVED);
        }
        double[] millis = new InterleavedTiming(TIMED_ROUNDS).medianMillis(List.of(runs(model), runs(small)), () -> {});
        DemoStage before = DemoStage.of(size, accuracy(model, test), millis[0]);
        DemoStage after = DemoStage.of(Size.of(small, result.after()), accuracy(small, test), millis[1]);
        double untrained = accuracy(cut, test).accuracy();
        asked.output.finish(DemoStage.table(before, after, untrained), json(before, after, untrained, report));
        return 0;
    }

    private BundledModel bundled(boolean embedded) {
        if (!embedded && !asked.data.startsWith("cifar10:")) {
            throw new IllegalArgumentException(
                    "demo has networks for embedded and cifar10:DIR, got \"" + asked.data + "\"");
        }
        return embedded ? BundledModel.VGG_SMALL : BundledModel.VGG16_CIFAR10;
    }

    private Model tuned(SavedModel model, int epochs) {
        ModelImages images = ModelImages.load(model, asked.data, Split.TRAIN, asked.examples);
        ImageIterator train = images.with(new ImageIterator.Builder(images.images())
                .batch(BATCH)
                .shuffle(SEED)
                .augmentation(Augmentation.CROP_FLIP));
        FineTuning run = new FineTuning.Builder()
                .epochs(epochs)
                .batchesPerEpoch(train.batches())
                .seed(SEED)
                .build();
        try (Progress progress = new Progress("fine-tuning", (long) epochs * train.batches())) {
            return run.fit(model.network(), new CountingIterator(train, progress::step), status -> {});
        }
    }

    private static ModelEvaluation accuracy(SavedModel model, ModelImages test) {
        return Evaluate.evaluate("test", model, test, BATCH);
    }

    private static Runnable runs(SavedModel model) {
        NetworkView<Model> network = NetworkView.of(model.network());
        INDArray[] input = ModelInputs.random(model, 1, SEED);
        return () -> network.output(input);
    }

    private static Map<String, Object> json(DemoStage before, DemoStage after, double untrained, PruningReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("before", before);
        json.put("after", after);
        json.put("accuracyBeforeFineTuning", untrained);
        report.putDetails(json);
        report.result().verification().ifPresent(verification -> json.put("verification", verification));
        return json;
    }
}
