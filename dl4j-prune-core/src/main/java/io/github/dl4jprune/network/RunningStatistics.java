package io.github.dl4jprune.network;

import java.util.Set;

/** The parameters of batch normalisation that DL4J keeps among the others, but that are measured, not learnt. */
public final class RunningStatistics {
    private static final Set<String> KEYS = Set.of("mean", "var", "log10stdev");

    private RunningStatistics() {}

    /**
     * Whether a parameter is a running mean, variance or logarithm of the standard deviation.
     *
     * @param key the name of the parameter within its layer, such as "W" or "var"
     * @return true if it is a statistic
     */
    public static boolean include(String key) {
        return KEYS.contains(key);
    }
}
