package io.github.dl4jprune.sweep;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one candidate came to.
 *
 * @param settings the values of the keys that varied
 * @param accuracy on validation data, in [0, 1]
 * @param macs multiply-adds left, as a fraction
 * @param parameters parameters left, as a fraction
 * @param sparsity what the method had pruned at the end, in [0, 1]
 */
public record TrialResult(
        Map<String, Object> settings, double accuracy, double macs, double parameters, double sparsity) {
    /** Copies the map. */
    public TrialResult {
        settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * The accuracy, or one less where too much is left: every candidate within the bound beats every one beyond it.
     *
     * @param maxMacs the largest fraction of multiply-adds allowed
     */
    public double score(double maxMacs) {
        return macs <= maxMacs + 1e-12 ? accuracy : accuracy - 1;
    }
}
