package io.github.dl4jprune.recipe;

import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.training.EpochResult;
import io.github.dl4jprune.training.LearningRateSchedule;
import io.github.dl4jprune.training.PrunedTraining;
import io.github.dl4jprune.training.PruningStep;
import io.github.dl4jprune.training.PruningTrainer;
import io.github.dl4jprune.training.ResumableTraining;
import io.github.dl4jprune.training.ShrinkingCheckpoint;
import io.github.dl4jprune.training.ShrinkingPosition;
import io.github.dl4jprune.training.TrainingProgress;
import io.github.dl4jprune.training.TrainingStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Carries out a recipe that cuts channels out between epochs. Cuts are made every {@code schedule.every} epochs up to {@code
 * schedule.end}; the epochs are shared out evenly among them, and what does not divide, or is not needed, trains the result
 * on. Dropout and noise are seeded before every epoch. The learning rate follows its schedule from epoch to epoch.
 *
 * @param recipe with method prune-and-shrink
 * @param train training data that can be reset
 * @param validation data that decide which network is best; never trained on
 * @param progress hears of every iteration and epoch
 * @param checkpointEvery a checkpoint is made after the first step that ends so many iterations or more after the last one;
 *     0: none
 * @param checkpoint what keeps the run
 */
public record ShrinkingRun(
        Recipe recipe,
        DataSetIterator train,
        DataSetIterator validation,
        TrainingProgress progress,
        int checkpointEvery,
        ShrinkingCheckpoint checkpoint) {
    /**
     * Trains and shrinks a copy of a network.
     *
     * @param network left unchanged
     * @param inputShapes shape of one example at each input
     */
    public <M extends Model> RecipeOutcome<M> of(M network, long[]... inputShapes) {
        M start = started(network);
        return from(start, start, ShrinkingPosition.START, inputShapes);
    }

    /**
     * Goes on from a checkpoint.
     *
     * @param network what the run began with; left unchanged
     * @param reached the network of the checkpoint, with its updater state; left unchanged
     * @param position what the checkpoint says
     * @param inputShapes shape of one example at each input
     */
    public <M extends Model> RecipeOutcome<M> resume(
            M network, M reached, ShrinkingPosition position, long[]... inputShapes) {
        return from(started(network), reached, position, inputShapes);
    }

    private <M extends Model> M started(M network) {
        UpdaterRecipe updater = recipe.updater();
        return ResumableTraining.withUpdater(network, updater::create, recipe.weightDecay(), rates(network));
    }

    private <M extends Model> RecipeOutcome<M> from(
            M start, M reached, ShrinkingPosition position, long[]... inputShapes) {
        List<Double> losses = new ArrayList<>(position.losses());
        PrunedTraining<M> trained = trainer(inputShapes)
                .checkpoint(sparingly(position.iterations()))
                .progress(listening(losses))
                .build()
                .resume(start, reached, position, train, validation);
        return new RecipeOutcome<>(trained.network(), epochs(trained.steps(), losses));
    }

    private PruningTrainer.Builder trainer(long[]... inputShapes) {
        int every = recipe.schedule().every();
        int end = recipe.schedule().end().orElse(Math.max(0, recipe.epochs() - every));
        int cuts = end / every + 1;
        PruningTrainer.Builder trainer = new PruningTrainer.Builder()
                .criterion(Criteria.named(recipe.criterion(), recipe.seed()))
                .ignore(recipe.ignored().toArray(String[]::new))
                .steps(cuts)
                .epochsPerStep(Math.max(1, recipe.epochs() / cuts))
                .totalEpochs(recipe.epochs())
                .measure(recipe.target().measure())
                .seed(recipe.seed())
                .inputShapes(inputShapes);
        recipe.sparsity().ifPresent(trainer::sparsity);
        recipe.layers().forEach(trainer::layer);
        recipe.target().macs().ifPresent(trainer::macs);
        recipe.target().tolerance().ifPresent(trainer::tolerance);
        return trainer;
    }

    private ShrinkingCheckpoint sparingly(long before) {
        long[] last = {before};
        return (network, position) -> {
            if (checkpointEvery > 0 && position.iterations() - last[0] >= checkpointEvery) {
                checkpoint.save(network, position);
                last[0] = position.iterations();
            }
        };
    }

    private TrainingProgress listening(List<Double> losses) {
        return new TrainingProgress() {
            @Override
            public void iterationDone(TrainingStatus status) {
                progress.iterationDone(status);
            }

            @Override
            public void epochDone(TrainingStatus status) {
                losses.add(status.loss());
                progress.epochDone(status);
            }
        };
    }

    /** What every epoch came to; accuracy and sparsity are those of the step that it was part of. */
    private static List<EpochResult> epochs(List<PruningStep> steps, List<Double> losses) {
        List<EpochResult> epochs = new ArrayList<>();
        for (PruningStep step : steps) {
            for (int i = 0; i < step.epochs(); i++) {
                int epoch = epochs.size();
                epochs.add(new EpochResult(epoch + 1, losses.get(epoch), step.accuracy(), step.sparsity()));
            }
        }
        return epochs;
    }

    private ISchedule rates(Model network) {
        int before = network instanceof MultiLayerNetwork layered
                ? layered.getEpochCount()
                : ((ComputationGraph) network).getConfiguration().getEpochCount();
        LearningRateSchedule schedule = recipe.updater().schedule();
        Map<Integer, Double> rates = new HashMap<>();
        rates.put(0, recipe.updater().learningRate());
        for (int epoch = 0; epoch < recipe.epochs(); epoch++) {
            rates.put(before + epoch, schedule.rate(recipe.updater().learningRate(), epoch, recipe.epochs()));
        }
        return new MapSchedule(ScheduleType.EPOCH, rates);
    }
}
