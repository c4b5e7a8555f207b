package io.github.dl4jprune.selection;

import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.cost.LatencyModel;

/**
 * A bound on the time of an inference pass.
 *
 * @param model predicts the time
 * @param costs beside which the budget of a request is held
 * @param millis the most it may predict, above 0
 */
public record LatencyLimit(LatencyModel model, CostModel costs, double millis) {
    /** Checks the range. */
    public LatencyLimit {
        if (!(millis > 0)) {
            throw new IllegalArgumentException("latency limit must be above 0 ms, got " + millis);
        }
    }
}
