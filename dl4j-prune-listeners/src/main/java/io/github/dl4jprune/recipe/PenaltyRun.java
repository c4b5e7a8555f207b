package io.github.dl4jprune.recipe;

import io.github.dl4jprune.listeners.Penalty;
import io.github.dl4jprune.listeners.SparsityPenaltyListener;
import io.github.dl4jprune.training.EpochResult;
import io.github.dl4jprune.training.ResumableTraining;
import io.github.dl4jprune.training.TrainingPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;

/**
 * Carries out a recipe that penalises batch-norm scales: network slimming, whose smallest scales are pruned at the end by a
 * threshold over the whole network, or ISTA, which brings scales to exactly 0 by itself. What the shift of a pruned
 * channel's normalisation added is lost with it.
 */
final class PenaltyRun {
    private final RecipeRun run;

    PenaltyRun(RecipeRun run) {
        this.run = run;
    }

    <M extends Model> RecipeOutcome<M> of(M network, TrainingPosition position) {
        Recipe recipe = run.recipe();
        new ScalePruning(network, recipe.ignored()); // says now what is missing, not after training
        List<Model> current = new ArrayList<>();
        ResumableTraining training = run.training(
                (model, done, now) -> run.checkpoint().save(model, done, now, RecipeCheckpoint.NO_STATE),
                () -> recipe.method() == PruningMethod.ISTA
                        ? new ScalePruning(current.get(0), recipe.ignored()).zeros()
                        : 0);
        ResumableTraining.Outcome<M> trained = training.run(
                network,
                position,
                run.batches(),
                model -> {
                    current.add(model);
                    new SparsityPenaltyListener.Builder()
                            .penalty(penalty(recipe))
                            .build()
                            .attach(model);
                },
                run.progress());
        return new RecipeOutcome<>(trained.network(), pruned(trained));
    }

    private static Penalty penalty(Recipe recipe) {
        return recipe.method() == PruningMethod.ISTA
                ? new Penalty.ProximalScale(recipe.updater().learningRate(), recipe.penalty(), Map.of())
                : new Penalty.Slimming(recipe.penalty());
    }

    /** Prunes after the last epoch, and lets it report what the pruned network is worth. */
    private <M extends Model> List<EpochResult> pruned(ResumableTraining.Outcome<M> trained) {
        Recipe recipe = run.recipe();
        ScalePruning scales = new ScalePruning(trained.network(), recipe.ignored());
        double sparsity = recipe.method() == PruningMethod.ISTA
                ? scales.pruneZeros(trained.network())
                : scales.pruneSmallest(trained.network(), recipe.sparsity().orElse(0));
        List<EpochResult> epochs = new ArrayList<>(trained.epochs());
        EpochResult last = epochs.remove(epochs.size() - 1);
        double accuracy = run.validation().applyAsDouble(trained.network());
        epochs.add(new EpochResult(last.epoch(), last.loss(), accuracy, sparsity));
        return epochs;
    }
}
