package io.github.dl4jprune.listeners;

import org.deeplearning4j.nn.api.Model;

/** What a listener has once its first network is known. */
final class Started {
    final Decider decider;
    final WeightMaskListener keeper;
    volatile Decision decision;

    Started(Decider decider, Decision decision, WeightMaskListener keeper) {
        this.decider = decider;
        this.decision = decision;
        this.keeper = keeper;
    }

    /** Fails if a network is of another size than the one that this was decided for. */
    void requireFit(Model network, PruningListener listener) {
        long expected = decision.weights().length();
        long parameters = network.params().length();
        if (parameters != expected) {
            throw new IllegalStateException("network must have the " + expected + " parameters that " + listener
                    + " was attached to, got " + parameters
                    + ": a shrunk network takes over the listeners of the original, remove this one");
        }
    }
}
