package io.github.dl4jprune.listeners;

import io.github.dl4jprune.mask.WeightMask;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Looks, after each iteration, at the weights that a listener prunes. */
final class ZeroWatch extends BaseTrainingListener {
    private final PruningListener listener;
    private final Model watched;
    final List<Double> largestPruned = new ArrayList<>();
    final List<Double> sparsities = new ArrayList<>();

    ZeroWatch(PruningListener listener, Model watched) {
        this.watched = watched;
        this.listener = listener;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        Model network = Listeners.isNetwork(model) ? model : watched;
        largestPruned.add(largestPruned(network, listener.weightMask().orElseThrow()));
        sparsities.add(listener.sparsity());
    }

    static double largestPruned(Model model, WeightMask mask) {
        INDArray pruned = mask.multiplier(model.params().dataType()).rsubi(1.0);
        return model.params().reshape(mask.length()).mul(pruned).amaxNumber().doubleValue();
    }
}
