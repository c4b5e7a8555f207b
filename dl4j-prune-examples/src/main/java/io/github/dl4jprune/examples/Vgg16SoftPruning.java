package io.github.dl4jprune.examples;

import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.schedule.AsymptoticSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Asymptotic soft filter pruning: the weakest filters of a VGG-16 are set to 0 after every epoch, a few at first and more
 * later, and may grow back until the last step.
 */
public final class Vgg16SoftPruning {
    private static final double SPARSITY = 0.4;
    private static final int EPOCHS = 9;

    private Vgg16SoftPruning() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, and a model file; without one the bundled VGG-16
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        SoftPruningListener listener =
                run(input.network(MultiLayerNetwork.class), input.train(), input.validation(), EPOCHS);
        System.out.printf("%d filters came back%n", listener.returned());
    }

    /**
     * Prunes and trains a network; in the last epoch what is pruned stays so.
     *
     * @param network trained or not; it is changed
     * @param train what it trains on
     * @param validation what it is evaluated on after every epoch
     * @param epochs how long, at least 2
     * @return the listener, which knows what it pruned
     */
    static SoftPruningListener run(
            MultiLayerNetwork network, DataSetIterator train, DataSetIterator validation, int epochs) {
        Steps everyEpoch = new Steps(ScheduleType.EPOCH, 0, epochs - 1, 1);
        SoftPruningListener listener = new SoftPruningListener.Builder()
                .schedule(new AsymptoticSparsity(SPARSITY, everyEpoch))
                .build();
        listener.attach(network);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            network.fit(train);
            System.out.printf(
                    "epoch %d: %.2f %% of the filters are 0, validation accuracy %.2f %%%n",
                    epoch,
                    100 * listener.sparsity(),
                    100 * ModelEvaluation.of(network, validation).accuracy());
        }
        return listener;
    }
}
