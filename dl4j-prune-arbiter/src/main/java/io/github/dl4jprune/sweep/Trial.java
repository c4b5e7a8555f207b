package io.github.dl4jprune.sweep;

import java.util.Map;

/** Trains one candidate and tells what came of it. */
@FunctionalInterface
public interface Trial {
    /**
     * Runs it.
     *
     * @param index number of the candidate, from 0
     * @param settings the values of the keys that vary
     */
    TrialResult run(int index, Map<String, Object> settings);
}
