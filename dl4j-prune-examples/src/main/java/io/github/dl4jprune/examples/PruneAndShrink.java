package io.github.dl4jprune.examples;

import io.github.dl4jprune.criterion.GeometricMedian;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.PrunedTraining;
import io.github.dl4jprune.training.PruningTrainer;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Cuts a network down to half of its multiply-adds in five steps, training between the cuts, so that every step trains
 * faster than the one before; gives up early rather than lose more than two points of accuracy.
 */
public final class PruneAndShrink {
    private PruneAndShrink() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, a model file, and the file to write
     */
    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[2]);
        ModelFile.checkWritable(out);
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        PruningTrainer trainer = new PruningTrainer.Builder()
                .criterion(new GeometricMedian())
                .macs(0.5)
                .steps(5)
                .epochsPerStep(2)
                .tolerance(0.02)
                .backOff(2)
                .build();
        PrunedTraining<Model> result = run(input.model().network(), input.train(), input.validation(), trainer);
        ModelFile.write(out, input.model().withNetwork(result.network()), UpdaterState.SAVED);
    }

    /**
     * Prunes and trains a copy of a network.
     *
     * @param network a trained one
     * @param train what it trains on
     * @param validation what decides whether a step was good
     * @param trainer how
     * @return the smaller network, and every step on the way
     */
    static <N extends Model> PrunedTraining<N> run(
            N network, DataSetIterator train, DataSetIterator validation, PruningTrainer trainer) {
        PrunedTraining<N> result = trainer.train(network, train, validation);
        result.steps()
                .forEach(step -> System.out.printf(
                        "step %d: %,d MACs, %,d parameters, validation accuracy %.2f %%%s%n",
                        step.step(),
                        step.cost().macs(),
                        step.cost().parameters(),
                        100 * step.accuracy(),
                        step.accepted() ? "" : ", undone"));
        System.out.println(result.end());
        return result;
    }
}
