package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.listeners.PruningListener;
import io.github.dl4jprune.listeners.PruningState;
import io.github.dl4jprune.recipe.PruningMethod;
import io.github.dl4jprune.recipe.RecipeCheckpoint;
import io.github.dl4jprune.recipe.RecipeOutcome;
import io.github.dl4jprune.recipe.RecipeRun;
import io.github.dl4jprune.recipe.ShrinkingRun;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.training.ModelEvaluation;
import io.github.dl4jprune.training.ShrinkingCheckpoint;
import io.github.dl4jprune.training.ShrinkingPosition;
import io.github.dl4jprune.training.TrainingPosition;
import io.github.dl4jprune.training.TrainingProgress;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.api.Model;

/**
 * A configuration about to be carried out on images.
 *
 * @param model what it starts from
 * @param progress hears of every iteration and epoch
 * @param watch hears of validation accuracies
 */
public record TrainRun(
        TrainConfiguration configuration,
        SavedModel model,
        TrainingImages images,
        TrainingProgress progress,
        TrainWatch watch) {
    private static final int EVALUATION_BATCH = 250;

    /** A run that nobody watches. */
    public TrainRun(
            TrainConfiguration configuration, SavedModel model, TrainingImages images, TrainingProgress progress) {
        this(configuration, model, images, progress, TrainWatch.NONE);
    }

    /** Where a run begins: at one of the positions, as its method has it. */
    record Start(
            Model network,
            TrainingPosition position,
            ShrinkingPosition shrinking,
            BiConsumer<PruningListener, Model> attach) {
        /** The beginning. */
        static Start of(SavedModel model) {
            return new Start(model.network(), TrainingPosition.START, ShrinkingPosition.START, PruningListener::attach);
        }

        /** How many iterations are done. */
        long iterations(int perEpoch) {
            return Math.max(shrinking.iterations(), (long) position.epoch() * perEpoch + position.batch());
        }
    }

    /** What keeps the runs of all methods. */
    interface Checkpoints extends RecipeCheckpoint, ShrinkingCheckpoint {
        /** Keeps nothing. */
        Checkpoints NONE = new Checkpoints() {
            @Override
            public void save(Model network, long iterations, TrainingPosition position, Optional<PruningState> state) {}

            @Override
            public void save(Model network, ShrinkingPosition position) {}
        };
    }

    /** Whether the network gets smaller on the way, rather than full of zeros. */
    public boolean shrinks() {
        return configuration.recipe().method() == PruningMethod.PRUNE_AND_SHRINK;
    }

    /** The same run, of which another hears. */
    TrainRun telling(TrainingProgress listening) {
        return new TrainRun(configuration, model, images, listening, watch);
    }

    /** Trains from the beginning to the end. */
    public RecipeOutcome<Model> whole() {
        return from(Start.of(model), 0, Checkpoints.NONE);
    }

    /**
     * Trains from a checkpoint, or the beginning, to the end.
     *
     * @param every iterations from one checkpoint to the next; 0: none
     */
    RecipeOutcome<Model> from(Start start, int every, Checkpoints checkpoint) {
        if (shrinks()) {
            return shrunk(start, every, checkpoint);
        }
        return new RecipeRun(
                        configuration.recipe(),
                        images.batches(),
                        images.scoring(configuration.batch()),
                        network -> watch.validated(accuracy(network, images.validation())),
                        progress,
                        every,
                        checkpoint)
                .of(start.network(), start.position(), watch.attaching(start.attach()));
    }

    private RecipeOutcome<Model> shrunk(Start start, int every, Checkpoints checkpoint) {
        long[][] shapes = ModelInputs.types(model).shapes().toArray(long[][]::new);
        ShrinkingRun run = new ShrinkingRun(
                configuration.recipe(),
                images.batches().from(0, 0),
                images.validation().inOrder(EVALUATION_BATCH),
                progress,
                every,
                checkpoint);
        return start.shrinking().equals(ShrinkingPosition.START)
                ? run.of(model.network(), shapes)
                : run.resume(model.network(), start.network(), start.shrinking(), shapes);
    }

    static double accuracy(Model network, ModelImages images) {
        return ModelEvaluation.of(network, images.inOrder(EVALUATION_BATCH)).accuracy();
    }
}
