package io.github.dl4jprune.examples;

import io.github.dl4jprune.listeners.StaticPruningListener;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Pruning under DL4J's ParallelWrapper: the mask is decided on the network that the listener is attached to, and all workers
 * keep it. A mask that grows has to grow by iterations, for a ParallelWrapper reports no epochs.
 */
public final class ParallelPruning {
    private static final double SPARSITY = 0.5;
    private static final int WORKERS = 2;
    private static final int EPOCHS = 5;

    private ParallelPruning() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, and a model file; without one the bundled VGG-16
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        run(input.network(MultiLayerNetwork.class), input.train(), input.validation(), EPOCHS);
    }

    /**
     * Prunes and trains a network.
     *
     * @param network a trained one; it is changed
     * @param train what it trains on
     * @param validation what it is evaluated on after every epoch
     * @param epochs how long
     * @return the listener, which knows what it pruned
     */
    static StaticPruningListener run(
            MultiLayerNetwork network, DataSetIterator train, DataSetIterator validation, int epochs) {
        StaticPruningListener listener = new StaticPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(SPARSITY)
                .build();
        listener.attach(network);
        ParallelWrapper workers = new ParallelWrapper.Builder<>(network)
                .workers(WORKERS)
                .prefetchBuffer(0)
                .averagingFrequency(1)
                .averageUpdaters(true)
                .build();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            train.reset();
            workers.fit(train);
            System.out.printf(
                    "epoch %d: %.2f %% of the weights are 0, validation accuracy %.2f %%%n",
                    epoch,
                    100 * listener.sparsity(),
                    100 * ModelEvaluation.of(network, validation).accuracy());
        }
        workers.shutdown();
        return listener;
    }
}
