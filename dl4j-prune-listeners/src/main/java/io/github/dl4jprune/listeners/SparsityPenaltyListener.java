package io.github.dl4jprune.listeners;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Drives whole channels towards zero while a network trains, so that pruning them later costs little: adds the
 * sub-gradient of a {@link Penalty} to the gradients, before the updater sees them, or shrinks the scales after it.
 *
 * <p>The penalty is per example, as the loss is: DL4J divides the gradients by the size of the minibatch afterwards, so what
 * is added is multiplied by it. The score that DL4J reports does not contain the penalty. Frozen layers are left alone. Cost:
 * some elementwise operations for every layer an iteration. Nothing has to be saved with the network, except that growing
 * regularisation chooses and counts anew when it is attached again.
 *
 * <p>Thread-safe; one listener may serve the workers of a ParallelWrapper.
 */
public final class SparsityPenaltyListener extends BaseTrainingListener {
    private final Penalty penalty;
    private final Map<Model, PenalizedNetwork> networks = Collections.synchronizedMap(new WeakHashMap<>());

    private SparsityPenaltyListener(Penalty penalty) {
        this.penalty = penalty;
    }

    /**
     * Adds this listener behind those of a network.
     *
     * @param network a MultiLayerNetwork or a ComputationGraph
     * @throws IllegalArgumentException if the network has nothing that the penalty bears on
     */
    public void attach(Model network) {
        penalized(network);
        network.addListeners(this);
    }

    @Override
    public void onGradientCalculation(Model model) {
        if (Listeners.isNetwork(model)) {
            try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                penalized(model).addGradient(model);
            }
        }
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        if (Listeners.isNetwork(model)) {
            try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                penalized(model).updated(model);
            }
        }
    }

    private PenalizedNetwork penalized(Model model) {
        synchronized (networks) {
            if (!networks.containsKey(model)) {
                networks.put(model, new PenalizedNetwork(penalty, model));
            }
            return Objects.requireNonNull(networks.get(model));
        }
    }

    @Override
    public String toString() {
        return "SparsityPenaltyListener(" + penalty + ")";
    }

    /** Collects the penalty. */
    public static final class Builder {
        private Penalty penalty = new Penalty.Slimming(1e-4);

        /** What is penalised; by default slimming with 1e-4. */
        public Builder penalty(Penalty value) {
            penalty = value;
            return this;
        }

        /** The listener. */
        public SparsityPenaltyListener build() {
            return new SparsityPenaltyListener(penalty);
        }
    }
}
