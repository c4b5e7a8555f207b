package io.github.dl4jprune.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.generator.BaseCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.GridSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;

/**
 * Which candidates a sweep tries; the same plan names the same ones in the same order.
 *
 * @param space what varies
 * @param search how candidates are drawn
 * @param candidates at most so many, 1 to 10,000
 * @param steps values that a grid takes of a continuous range, 2 to 1,000
 * @param seed of the random search
 */
public record SweepPlan(SettingsSpace space, SweepSearch search, int candidates, int steps, long seed) {
    private static final int MOST_CANDIDATES = 10_000; // each is a training run, and all are drawn before the first
    private static final int MOST_STEPS = 1_000;

    /** Checks the numbers. */
    public SweepPlan {
        require("candidates", candidates, 1, MOST_CANDIDATES);
        require("steps", steps, 2, MOST_STEPS);
    }

    private static void require(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be in [" + least + ", " + most + "], got " + value);
        }
    }

    /** All candidates: the values of the keys that vary. */
    public List<Map<String, Object>> settings() {
        return new ArrayList<>(new LinkedHashSet<>(drawn()));
    }

    /** What the generator gives, repetitions included. */
    List<Map<String, Object>> drawn() {
        try {
            BaseCandidateGenerator<?> generator = generator();
            List<Map<String, Object>> all = new ArrayList<>();
            while (all.size() < candidates && generator.hasMoreCandidates()) {
                all.add(value(generator.getCandidate()));
            }
            return all;
        } catch (IllegalStateException e) { // of Arbiter, which numbers the points of a grid in an int
            throw new IllegalArgumentException(
                    "space must have at most 2^31 - 1 points with steps " + steps + ", got more", e);
        }
    }

    @SuppressWarnings("unchecked") // a SettingsSpace gives maps
    static Map<String, Object> value(Candidate<?> candidate) {
        return (Map<String, Object>) candidate.getValue();
    }

    /** A new generator at the first candidate. */
    BaseCandidateGenerator<?> generator() {
        BaseCandidateGenerator<?> generator = search == SweepSearch.GRID
                ? new GridSearchCandidateGenerator(space, steps, GridSearchCandidateGenerator.Mode.Sequential, Map.of())
                : new RandomSearchGenerator(space, Map.of());
        generator.setRngSeed(seed);
        return generator;
    }
}
