package io.github.dl4jprune.listeners;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The state that an updater keeps a parameter: a block of {@code n} consecutive parameters with equal updaters holds
 * {@code K} consecutive vectors of length {@code n} (momentum, second moments, ...), {@code K} depending on the
 * updater.
 */
final class UpdaterState {

    private UpdaterState() {}

    /** Multiplies every state vector of a network by what belongs to its parameters; nothing where there is none yet. */
    static void multiply(Model network, INDArray multiplier) {
        if (!(updater(network) instanceof BaseMultiLayerUpdater<?> updater)) {
            return;
        }
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            INDArray state = block.getUpdaterView();
            if (state != null) {
                multiply(block, state, multiplier);
            }
        }
    }

    private static void multiply(UpdaterBlock block, INDArray state, INDArray multiplier) {
        long start = block.getParamOffsetStart();
        long size = block.getParamOffsetEnd() - start;
        INDArray part = multiplier.get(NDArrayIndex.interval(start, start + size));
        INDArray flat = state.reshape(state.length());
        for (long from = 0; from < flat.length(); from += size) {
            flat.get(NDArrayIndex.interval(from, from + size)).muli(part);
        }
    }

    private static @Nullable Object updater(Model network) {
        if (network instanceof MultiLayerNetwork layered) {
            return layered.getUpdater(false);
        }
        return network instanceof ComputationGraph graph ? graph.getUpdater(false) : null;
    }
}
