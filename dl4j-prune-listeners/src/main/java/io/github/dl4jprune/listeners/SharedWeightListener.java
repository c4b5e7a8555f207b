package io.github.dl4jprune.listeners;

import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains the centroids of shared weights: which weights share a value stays as it is, the value moves, and zeros stay zero.
 *
 * <p>At every iteration each member of a cluster gets the sum of its cluster's gradients,
 * <pre>
 * dL/dC_k = sum over the members i of k of dL/dW_i
 * </pre>
 * so that the updater, whichever it is, moves all members alike; after the update they are set to their mean, which takes
 * rounding away. Because of the sum, centroids of large clusters move far: learning rates of 1e-4 to 1e-6 are usual for
 * plain gradient descent. Weight decay acts on a centroid once, not once a member. Vectors and unshared weights train as
 * always.
 *
 * <p>When a network is met for the first time its weights take the shared values, and what its updater keeps becomes the mean
 * over each cluster, and 0 for zeros. Cost: two passes over the parameters an iteration on the Java side, and a copy each way.
 * One instance may listen to several networks of the same configuration, also from several threads.
 *
 * @see <a href="https://arxiv.org/abs/1510.00149">Han, Mao and Dally (2016), section 3.3</a>
 */
public final class SharedWeightListener extends BaseTrainingListener {
    private final SharedModel shared;
    private final Ties ties;
    private final Map<Model, Boolean> met = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * A listener for one set of assignments.
     *
     * @param shared which weights share a value
     */
    public SharedWeightListener(SharedModel shared) {
        this.shared = shared;
        this.ties = Ties.of(shared);
    }

    /**
     * Gives a network the shared values now and listens to it, before any other listener.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @param shared which weights share a value
     * @return the listener
     * @throws IllegalArgumentException if the network has another number of parameters
     */
    public static SharedWeightListener attach(Model network, SharedModel shared) {
        SharedWeightListener listener = new SharedWeightListener(shared);
        listener.meet(network);
        List<TrainingListener> listeners = new ArrayList<>();
        listeners.add(listener);
        listeners.addAll(
                network instanceof MultiLayerNetwork layers
                        ? layers.getListeners()
                        : ((ComputationGraph) network).getListeners());
        network.setListeners(listeners);
        return listener;
    }

    /**
     * The shared model with the centroids that a network has now, rounded to the precision that they are stored in.
     *
     * @param network one that this listener listened to
     * @return the same assignments, new values
     */
    public SharedModel sharedModel(Model network) {
        return shared.withValuesOf(network);
    }

    @Override
    public void onEpochStart(Model model) {
        meetOnce(model);
    }

    @Override
    public void onGradientCalculation(Model model) {
        if (isNetwork(model)) {
            meetOnce(model);
            edit(model.getGradientsViewArray(), ties::sum);
        }
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        if (isNetwork(model)) {
            edit(model.params(), ties::average);
        }
    }

    private void meetOnce(Model model) {
        if (isNetwork(model) && !met.containsKey(model)) {
            meet(model);
        }
    }

    @SuppressWarnings("try") // the workspace scope is there to be closed
    private void meet(Model network) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            // trained centroids of a copied network differ from those stored: only what is not tied yet is overwritten
            if (!ties.hold(network.params().toDoubleVector())) {
                shared.applyTo(network);
            }
            NetworkView<Model> view = NetworkView.of(network);
            view.updaterState()
                    .ifPresent(state -> shared.parameters().forEach(parameter -> {
                        INDArray own = view.parameters(parameter.slice().layer())
                                .get(parameter.slice().parameter());
                        if (own != null) {
                            state.components(own)
                                    .forEach(part -> tie(part, parameter.slice().start()));
                        }
                    }));
            met.put(network, true);
        }
    }

    private void tie(INDArray component, int start) {
        double[] values = Nd4j.toFlattened(component.ordering(), component).toDoubleVector();
        ties.average(values, start);
        component.assign(Nd4j.createFromArray(values).reshape(component.ordering(), component.shape()));
    }

    /** What is done to the flat vector. */
    @FunctionalInterface
    private interface Edit {
        void apply(double[] values);
    }

    @SuppressWarnings("try")
    private static void edit(INDArray array, Edit edit) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            double[] values = array.reshape(array.length()).toDoubleVector();
            edit.apply(values);
            try (INDArray edited = Nd4j.createFromArray(values)) {
                array.reshape(array.length()).assign(edited);
            }
        }
    }

    /** Layer-wise pretraining calls listeners with a single layer. */
    private static boolean isNetwork(Model model) {
        return model instanceof MultiLayerNetwork || model instanceof ComputationGraph;
    }

    @Override
    public String toString() {
        return "SharedWeightListener(parameters=" + shared.length() + ", centroids=" + ties.count() + ")";
    }
}
