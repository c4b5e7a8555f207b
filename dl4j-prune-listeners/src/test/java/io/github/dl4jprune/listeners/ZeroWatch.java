package io.github.dl4jprune.listeners;

import io.github.dl4jprune.mask.WeightMask;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

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

    /** 0.0, or the pruned value of largest magnitude; -0.0, which compresses badly, if nothing worse is among them. */
    static double largestPruned(Model model, WeightMask mask) {
        double[] parameters = model.params().dup().reshape(mask.length()).toDoubleVector();
        double largest = 0.0;
        for (int position : mask.positions().stream().toArray()) {
            double value = parameters[position];
            boolean worse = Double.compare(value, 0.0) != 0 && !(Math.abs(value) < Math.abs(largest));
            largest = worse ? value : largest;
        }
        return largest;
    }
}
