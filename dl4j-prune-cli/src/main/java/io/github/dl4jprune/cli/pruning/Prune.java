package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.LatencyTarget;
import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.cli.console.Names;
import io.github.dl4jprune.cli.console.Progress;
import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.CountingIterator;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.criterion.Taylor;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.reconstruction.Reconstruction;
import io.github.dl4jprune.reconstruction.ReconstructionReport;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;

/** Prunes one model and writes what is left. */
final class Prune {
    private static final int BATCH = 64;
    private static final int VERIFICATION_EXAMPLES = 16;
    private final PruneCommand asked;

    Prune(PruneCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        Criterion criterion = Criteria.named(asked.criterion, asked.seed);
        Names.require("--scope", asked.scope, List.of("local", "global"));
        Budget budget = asked.groups.budget();
        LatencyTarget latency =
                asked.latency == null ? null : LatencyTarget.of(asked.latency).withBatch(asked.latencyBatch);
        if (asked.groups.isEmpty() && latency == null) {
            throw new IllegalArgumentException(
                    "prune needs --sparsity, a budget (--macs, --parameters, --latency), --layer or --ratios");
        }
        requireEffects(budget);
        ModelFile.checkWritable(asked.out);
        asked.output.check();
        asked.output.noteEffect(
                "--seed",
                asked.criterion.equals("random"),
                "with --criterion " + asked.criterion + ": it belongs to random");
        SavedModel model = asked.inputShape.applyTo(Models.open(asked.model));
        if (latency != null) {
            new Batch("--latency-batch", asked.latencyBatch).requireInference(model, asked.latencyBatch);
        }
        Pruner<Model> pruner = pruner(model, criterion, budget, latency);
        @Nullable
        ModelImages images =
                asked.data == null ? null : ModelImages.load(model, asked.data, Split.TRAIN, asked.examples);
        PruningResult<Model> result = prune(pruner, criterion, images);
        @Nullable ReconstructionReport rebuilt = rebuild(model, result, images);
        SavedModel small = model.withNetwork(result.network());
        ModelFile.write(asked.out, small, UpdaterState.SAVED);
        PruningReport report = PruningReport.of(model, small, result).with(rebuilt);
        asked.output.finish(report.text() + "written to " + asked.out, report.json());
        return 0;
    }

    private void requireEffects(Budget budget) {
        boolean ranked = asked.groups.sparsity != null || !budget.isNone();
        asked.output.requireEffect("--reconstruct", asked.data != null, "without --data");
        if (asked.reconstruct != null && asked.reconstruct < 2) {
            throw new IllegalArgumentException("--reconstruct must be at least 2 images, got " + asked.reconstruct);
        }
        asked.output.noteEffect("--examples", asked.data != null, "without --data");
        asked.output.requireEffect("--latency-batch", asked.latency != null, "without --latency");
        asked.output.noteEffect("--scope", asked.latency == null, "with --latency, which chooses by time");
        asked.output.noteEffect("--scope", ranked || asked.latency != null, "without --sparsity or a budget");
    }

    private Pruner<Model> pruner(SavedModel model, Criterion criterion, Budget budget, @Nullable LatencyTarget latency)
            throws IOException {
        Pruner<Model> pruner = Pruner.of(model.network())
                .criterion(criterion)
                .scope(Scope.valueOf(asked.scope.toUpperCase(Locale.ROOT)))
                .ignore(asked.groups.ignored.toArray(String[]::new))
                .multipleOf(asked.groups.multipleOf)
                .budget(budget)
                .inputShapes(ModelInputs.types(model).shapes().toArray(long[][]::new));
        if (asked.groups.sparsity != null) {
            pruner.sparsity(asked.groups.sparsity);
        }
        if (latency != null) {
            pruner.latency(latency.withProgress(new MeasuringProgress()));
        }
        if (asked.foldConstants) {
            pruner.foldConstants();
        }
        asked.groups.forEachLayer(NetworkView.of(model.network()).structure().names(), pruner::layer);
        return pruner;
    }

    private PruningResult<Model> prune(Pruner<Model> pruner, Criterion criterion, @Nullable ModelImages images) {
        if (images == null) {
            if (Criteria.looksAtData(criterion)) {
                throw new IllegalArgumentException(
                        "criterion " + criterion.name() + " looks at data: name some by --data");
            }
            return pruner.prune();
        }
        if (criterion instanceof Taylor) {
            images.requireClasses();
        }
        ImageIterator batches = images.inOrder(BATCH);
        pruner.verifyOn(images.inOrder(Math.min(VERIFICATION_EXAMPLES, images.examples()))
                .next()
                .getFeatures());
        try (Progress progress = new Progress("prune", batches.batches())) {
            return pruner.data(new CountingIterator(batches, progress::step)).prune();
        }
    }

    private @Nullable ReconstructionReport rebuild(
            SavedModel model, PruningResult<Model> result, @Nullable ModelImages images) {
        if (asked.reconstruct == null || images == null) {
            return null;
        }
        Reconstruction reconstruction = Reconstruction.of(model.network(), result.network(), result.mask())
                .examples(asked.reconstruct);
        try (Progress progress = new Progress("reconstruct", reconstruction.layers())) {
            return reconstruction.progress(layer -> progress.step()).rebuild(images.inOrder(BATCH));
        }
    }
}
