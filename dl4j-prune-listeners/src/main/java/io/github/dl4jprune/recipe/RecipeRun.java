package io.github.dl4jprune.recipe;

import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.training.ResumableTraining;
import io.github.dl4jprune.training.TrainingBatches;
import io.github.dl4jprune.training.TrainingCheckpoint;
import io.github.dl4jprune.training.TrainingPosition;
import io.github.dl4jprune.training.TrainingProgress;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Carries out a recipe.
 *
 * @param recipe what to do
 * @param batches the training data
 * @param scoring training data for criteria that look at some, read from start to end at every mask change; null: none
 * @param validation accuracy of a network on data that it does not train on; gives NaN where there is none
 * @param progress hears of every iteration and epoch
 * @param checkpointEvery iterations from one checkpoint to the next; 0: none
 * @param checkpoint what keeps the run
 */
public record RecipeRun(
        Recipe recipe,
        TrainingBatches batches,
        @Nullable DataSetIterator scoring,
        ToDoubleFunction<Model> validation,
        TrainingProgress progress,
        int checkpointEvery,
        RecipeCheckpoint checkpoint) {
    /**
     * Trains a copy of a network and prunes it on the way.
     *
     * @param network left unchanged; to go on, the network of a checkpoint
     * @param position where that is
     * @param attach puts the listener on the network that trains; to go on, with its state
     */
    public <M extends Model> RecipeOutcome<M> of(
            M network, TrainingPosition position, BiConsumer<PruningListener, Model> attach) {
        long iterations = (long) recipe.epochs() * batches.perEpoch();
        if (iterations > Integer.MAX_VALUE) { // DL4J counts them in an int
            throw new IllegalArgumentException("epochs must be at most %d with %d batches each, got %d"
                    .formatted(Integer.MAX_VALUE / batches.perEpoch(), batches.perEpoch(), recipe.epochs()));
        }
        if (recipe.method() == PruningMethod.SLIMMING || recipe.method() == PruningMethod.ISTA) {
            return new PenaltyRun(this).of(network, position);
        }
        PruningListener listener = RecipeListeners.of(recipe, iterations, scoring);
        ResumableTraining training = training(
                (model, done, now) -> checkpoint.save(model, done, now, Optional.of(listener.state())),
                listener::sparsityAtLastIteration);
        ResumableTraining.Outcome<M> trained =
                training.run(network, position, batches, model -> attach.accept(listener, model), progress);
        return new RecipeOutcome<>(
                trained.network(),
                trained.epochs(),
                listener instanceof SoftPruningListener soft ? soft.constants() : Optional.empty());
    }

    ResumableTraining training(TrainingCheckpoint keeping, DoubleSupplier sparsity) {
        UpdaterRecipe updater = recipe.updater();
        return new ResumableTraining(
                recipe.epochs(),
                updater::create,
                recipe.weightDecay(),
                updater.learningRate(),
                updater.schedule(),
                recipe.seed(),
                checkpointEvery,
                keeping,
                validation,
                sparsity);
    }
}
