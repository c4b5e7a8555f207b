package io.github.dl4jprune.examples;

import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.ZeroChannels;
import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.listeners.GeometricMedianListener;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import io.github.dl4jprune.training.ModelEvaluation;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * FPGM: 40 % of a ResNet-20's filters, those nearest to the geometric median of their layer, are held at 0 while the others
 * train, and are cut out in the end.
 */
public final class ResNet20GeometricMedian {
    private static final double PRUNED = 0.4;
    private static final int EPOCHS = 5;

    private ResNet20GeometricMedian() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, the file of a ResNet-20 and the file to write
     */
    public static void main(String[] arguments) {
        OneDnn.enable();
        Path out = Path.of(arguments[2]);
        ModelFile.checkWritable(out);
        SavedModel model = ModelFile.read(Path.of(arguments[1]));
        ExampleInput input = new ExampleInput(model, DataSource.parse(arguments[0]));
        PruningResult<ComputationGraph> result =
                run(input.network(ComputationGraph.class), input.train(), input.validation(), EPOCHS);
        System.out.println(result.report());
        ModelFile.write(out, model.withNetwork(result.network()), UpdaterState.SAVED);
    }

    /**
     * Prunes, trains and shrinks a network.
     *
     * @param network trained or not; it is changed
     * @param train what it trains on
     * @param validation what it is evaluated on after every epoch; its first batch proves the smaller network
     * @param epochs how long
     * @return the smaller network and what was removed
     */
    static PruningResult<ComputationGraph> run(
            ComputationGraph network, DataSetIterator train, DataSetIterator validation, int epochs) {
        GeometricMedianListener listener =
                new GeometricMedianListener.Builder().distanceRate(PRUNED).build();
        listener.attach(network);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            network.fit(train);
            System.out.printf(
                    "epoch %d: %.2f %% of the filters are 0, validation accuracy %.2f %%%n",
                    epoch,
                    100 * listener.sparsity(),
                    100 * ModelEvaluation.of(network, validation).accuracy());
        }
        validation.reset();
        INDArray examples = validation.next().getFeatures();
        InputTypes size = InputTypes.infer(NetworkView.of(network).structure());
        return ZeroChannels.remove(network, size, examples);
    }
}
