package io.github.dl4jprune.examples;

import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.ZeroChannels;
import io.github.dl4jprune.adversarial.AdversarialPruning;
import io.github.dl4jprune.adversarial.AdversarialResult;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Generative adversarial learning: a copy of the network learns, from images without labels, to answer as the network does while a price is on
 * every channel; the channels that it closes are then cut out.
 */
public final class PruneWithoutLabels {
    private static final int EPOCHS = 4;
    private static final double LEARNING_RATE = 0.001;
    private static final double LAMBDA = 0.5;

    private PruneWithoutLabels() {}

    /**
     * Runs it on the small VGG that comes along.
     *
     * @param arguments images such as {@code embedded}, which that network is trained on, or images and a model file
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG_SMALL);
        AdversarialPruning pruning = new AdversarialPruning.Builder()
                .epochs(EPOCHS)
                .learningRate(LEARNING_RATE)
                .lambda(LAMBDA)
                .maskEvery(1)
                .build();
        PruningResult<MultiLayerNetwork> result =
                run(input.network(MultiLayerNetwork.class), input.train(), input.validation(), pruning);
        System.out.println(result.report());
    }

    /**
     * Prunes a network.
     *
     * @param network the teacher, left untouched
     * @param train images, whose labels are not looked at
     * @param validation what the result is evaluated on
     * @param pruning how
     * @return the smaller network
     */
    static PruningResult<MultiLayerNetwork> run(
            MultiLayerNetwork network, DataSetIterator train, DataSetIterator validation, AdversarialPruning pruning) {
        print("teacher", network, validation);
        AdversarialResult<MultiLayerNetwork> masked = pruning.fit(network, train, (iteration, epoch, loss, open) -> {
            if (iteration % 10 == 0) {
                System.out.printf(
                        "epoch %d, iteration %d: loss %.3f, %.1f %% of the channels open%n",
                        epoch, iteration, loss, 100 * open);
            }
        });
        validation.reset();
        PruningResult<MultiLayerNetwork> result = ZeroChannels.remove(
                masked.network(),
                InputTypes.infer(NetworkView.of(network).structure()),
                validation.next().getFeatures());
        print("pruned", result.network(), validation);
        return result;
    }

    private static void print(String stage, MultiLayerNetwork network, DataSetIterator validation) {
        System.out.printf(
                "%s: %d parameters, validation accuracy %.2f %%%n",
                stage,
                network.numParams(),
                100 * ModelEvaluation.of(network, validation).accuracy());
    }
}
