package io.github.dl4jprune.sweep;

import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.jspecify.annotations.Nullable;

/** Ends a sweep when a trial has failed. */
final class FailureCondition implements TerminationCondition {
    private final AtomicReference<@Nullable RuntimeException> failure;

    FailureCondition(AtomicReference<@Nullable RuntimeException> failure) {
        this.failure = failure;
    }

    @Override
    public void initialize(IOptimizationRunner runner) {}

    @Override
    public boolean terminate(IOptimizationRunner runner) {
        return failure.get() != null;
    }
}
