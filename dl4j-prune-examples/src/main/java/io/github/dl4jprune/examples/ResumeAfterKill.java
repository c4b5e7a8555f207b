package io.github.dl4jprune.examples;

import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.PruningCheckpoints;
import io.github.dl4jprune.listeners.SeededIterations;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.schedule.CubicSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Training that can be killed: started again with the same arguments, it goes on from its last checkpoint, and ends with
 * the very network that a run without a break ends with.
 */
public final class ResumeAfterKill {
    private static final int EPOCHS = 5;
    private static final int CHECKPOINTS = 4;
    private static final int SEED = 1;

    private ResumeAfterKill() {}

    /**
     * Runs it, or goes on.
     *
     * @param arguments images such as {@code cifar10:DIR}, a model file, and the checkpoint's file
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        run(input.model(), input.train(), input.validation(), Path.of(arguments[2]), EPOCHS);
    }

    /**
     * Prunes and trains a network, saving it {@value #CHECKPOINTS} times an epoch.
     *
     * @param start where it begins if there is no checkpoint; its network is changed
     * @param train what it trains on; entered in the middle when the run goes on
     * @param validation what it is evaluated on in the end
     * @param checkpoint the file to save to and to go on from
     * @param epochs how long
     * @return the trained network
     */
    static MultiLayerNetwork run(
            SavedModel start, ImageIterator train, ImageIterator validation, Path checkpoint, int epochs) {
        int iterations = epochs * train.batches();
        DynamicPruningListener listener = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .schedule(new CubicSparsity(0, 0.8, new Steps(ScheduleType.ITERATION, 0, iterations / 2, 2)))
                .build();
        MultiLayerNetwork network = begun(start, listener, checkpoint);
        SeededIterations.attach(network, SEED); // dropout, too, is to go on where it was
        network.addListeners(new PruningCheckpoints.Builder()
                .listener(listener)
                .every(Math.max(1, train.batches() / CHECKPOINTS))
                .files(iteration -> checkpoint)
                .like(start)
                .build());
        int done = listener.state().iterations();
        System.out.printf("%d of %d iterations are done%n", done, iterations);
        train.resumeAt(done / train.batches(), done % train.batches());
        for (; done < iterations; done++) {
            if (!train.hasNext()) {
                train.reset();
            }
            network.fit(train.next());
        }
        System.out.printf(
                "validation accuracy %.2f %%%n",
                100 * ModelEvaluation.of(network, validation).accuracy());
        return network;
    }

    private static MultiLayerNetwork begun(SavedModel start, DynamicPruningListener listener, Path checkpoint) {
        if (Files.exists(checkpoint)) {
            return (MultiLayerNetwork) PruningCheckpoints.resume(ModelFile.read(checkpoint), listener);
        }
        MultiLayerNetwork network = (MultiLayerNetwork) start.network();
        listener.attach(network);
        return network;
    }
}
