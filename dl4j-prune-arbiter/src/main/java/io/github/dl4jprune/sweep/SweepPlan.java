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
 * @param candidates at most so many, at least 1
 * @param steps values that a grid takes of a continuous range, at least 2
 * @param seed of the random search
 */
public record SweepPlan(SettingsSpace space, SweepSearch search, int candidates, int steps, long seed) {
    /** Checks the numbers. */
    public SweepPlan {
        if (candidates < 1) {
            throw new IllegalArgumentException("candidates must be at least 1, got " + candidates);
        }
        if (steps < 2) {
            throw new IllegalArgumentException("steps must be at least 2, got " + steps);
        }
    }

    /** All candidates: the values of the keys that vary. */
    public List<Map<String, Object>> settings() {
        return new ArrayList<>(new LinkedHashSet<>(drawn()));
    }

    /** What the generator gives, repetitions included. */
    List<Map<String, Object>> drawn() {
        BaseCandidateGenerator<?> generator = generator();
        List<Map<String, Object>> all = new ArrayList<>();
        while (all.size() < candidates && generator.hasMoreCandidates()) {
            all.add(value(generator.getCandidate()));
        }
        return all;
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
