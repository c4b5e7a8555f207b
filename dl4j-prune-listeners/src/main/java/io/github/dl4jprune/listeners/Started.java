package io.github.dl4jprune.listeners;

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
}
