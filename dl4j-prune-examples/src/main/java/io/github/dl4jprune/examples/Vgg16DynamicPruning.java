package io.github.dl4jprune.examples;

import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ScheduleType;

/** Dynamic pruning: the weights of a VGG-16 go little by little, along PaddlePaddle's logarithm, while it trains. */
public final class Vgg16DynamicPruning {
    private static final int EPOCHS = 9;

    private Vgg16DynamicPruning() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, and a model file; without one the bundled VGG-16
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        DynamicPruningListener listener =
                run(input.network(MultiLayerNetwork.class), input.train(), input.validation(), EPOCHS);
        listener.sparsities()
                .forEach((parameter, sparsity) -> System.out.printf("%s: %.4f%n", parameter, sparsity.reached()));
    }

    /**
     * Prunes and trains a network; the last third of the epochs is trained with the full sparsity.
     *
     * @param network trained or not; it is changed
     * @param train what it trains on
     * @param validation what it is evaluated on after every epoch
     * @param epochs how long
     * @return the listener, which knows what it pruned
     */
    static DynamicPruningListener run(
            MultiLayerNetwork network, DataSetIterator train, DataSetIterator validation, int epochs) {
        DynamicPruningListener.Builder builder = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .unit(ScheduleType.EPOCH)
                .every(1)
                .end(epochs * 2 / 3);
        VggRatios.DYNAMIC.of(network).forEach(builder::layer);
        DynamicPruningListener listener = builder.build();
        listener.attach(network);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            network.fit(train);
            System.out.printf(
                    "epoch %d: %.2f %% of the weights are 0, validation accuracy %.2f %%%n",
                    epoch,
                    100 * listener.sparsityAtLastIteration(),
                    100 * ModelEvaluation.of(network, validation).accuracy());
        }
        return listener;
    }
}
