package io.github.dl4jprune.examples;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.criterion.BnScale;
import io.github.dl4jprune.listeners.Penalty;
import io.github.dl4jprune.listeners.SparsityPenaltyListener;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.training.ModelEvaluation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Network slimming: an L1 penalty drives the scales of batch normalisations towards 0 while the network trains; then the
 * channels of smallest scale are cut out, wherever they are, and the smaller network trains on.
 */
public final class NetworkSlimming {
    private static final double STRENGTH = 1e-4;
    private static final double SPARSITY = 0.4;
    private static final int EPOCHS = 5;

    private NetworkSlimming() {}

    /**
     * Runs it.
     *
     * @param arguments images such as {@code cifar10:DIR}, and a model file; without one the bundled VGG-16
     */
    public static void main(String[] arguments) throws IOException {
        ExampleInput input = ExampleInput.of(arguments, BundledModel.VGG16_CIFAR10);
        PruningResult<MultiLayerNetwork> result =
                run(input.network(MultiLayerNetwork.class), input.train(), input.validation(), EPOCHS);
        System.out.println(result.report());
    }

    /**
     * Trains a network with the penalty, prunes it, and trains what is left for half as long.
     *
     * @param network trained or not; it is changed
     * @param train what it trains on
     * @param validation what it is evaluated on
     * @param epochs how long with the penalty
     * @return the smaller network, trained
     */
    static PruningResult<MultiLayerNetwork> run(
            MultiLayerNetwork network, DataSetIterator train, DataSetIterator validation, int epochs) {
        new SparsityPenaltyListener.Builder()
                .penalty(new Penalty.Slimming(STRENGTH))
                .build()
                .attach(network);
        network.fit(train, epochs);
        print("with the penalty", network, validation);
        network.setListeners(List.of()); // the penalty has done its work
        PruningResult<MultiLayerNetwork> result = Pruner.of(network)
                .criterion(new BnScale())
                .scope(Scope.GLOBAL)
                .sparsity(SPARSITY)
                .ignore(unscaled(network))
                .prune();
        print("pruned", result.network(), validation);
        result.network().fit(train, (epochs + 1) / 2);
        print("trained on", result.network(), validation);
        return result;
    }

    /** Dense layers without a batch normalisation behind them: nothing was penalised there. */
    private static String[] unscaled(MultiLayerNetwork network) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i + 1 < network.getnLayers(); i++) {
            Layer layer = network.getLayer(i).conf().getLayer();
            Layer next = network.getLayer(i + 1).conf().getLayer();
            if (layer instanceof DenseLayer && !(next instanceof BatchNormalization)) {
                names.add(layer.getLayerName());
            }
        }
        return names.toArray(String[]::new);
    }

    private static void print(String stage, MultiLayerNetwork network, DataSetIterator validation) {
        System.out.printf(
                "%s: %d parameters, validation accuracy %.2f %%%n",
                stage,
                network.numParams(),
                100 * ModelEvaluation.of(network, validation).accuracy());
    }
}
