package io.github.dl4jprune.examples;

import io.github.dl4jprune.listeners.StaticPruningListener;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Static pruning: the smallest weights of a trained VGG-16 go at once, by layer, and the others train on. */
public final class Vgg16StaticPruning {
    private static final int EPOCHS = 5;

    private Vgg16StaticPruning() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, and a model file; without one the bundled VGG-16
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        StaticPruningListener listener =
                run(input.network(MultiLayerNetwork.class), input.train(), input.validation(), EPOCHS);
        listener.sparsities()
                .forEach((parameter, sparsity) -> System.out.printf("%s: %.4f%n", parameter, sparsity.reached()));
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
        StaticPruningListener.Builder builder = new StaticPruningListener.Builder().granularity(Granularity.WEIGHT);
        VggRatios.STATIC.of(network).forEach(builder::layer);
        StaticPruningListener listener = builder.build();
        listener.attach(network);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            network.fit(train);
            System.out.printf(
                    "epoch %d: %.2f %% of the weights are 0, validation accuracy %.2f %%%n",
                    epoch,
                    100 * listener.sparsity(),
                    100 * ModelEvaluation.of(network, validation).accuracy());
        }
        return listener;
    }
}
