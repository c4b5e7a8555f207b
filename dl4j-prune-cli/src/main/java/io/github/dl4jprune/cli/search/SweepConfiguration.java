package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.cli.training.TrainConfiguration;
import io.github.dl4jprune.recipe.Settings;
import io.github.dl4jprune.sweep.SpaceReader;
import io.github.dl4jprune.sweep.Sweep;
import io.github.dl4jprune.sweep.SweepPlan;
import io.github.dl4jprune.sweep.SweepSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of {@code sweep}.
 *
 * @param subject what error messages call a candidate
 * @param train keys of {@code train} that all candidates share
 * @param sweep what varies and how it is searched
 */
record SweepConfiguration(String subject, Map<String, Object> train, Sweep sweep) {
    private static final int CANDIDATES = 20;
    private static final int STEPS = 5;

    static SweepConfiguration of(Settings root) {
        Map<String, Object> train = root.section("train").values();
        SweepSearch search =
                root.word("search", List.of("grid", "random")).orElse("grid").equals("grid")
                        ? SweepSearch.GRID
                        : SweepSearch.RANDOM;
        Map<String, Object> space = root.section("space").values();
        int candidates = root.count("candidates").orElse(CANDIDATES);
        int steps = root.count("steps").orElse(STEPS);
        int seed = root.count("seed").orElse(1);
        double maxMacs = root.number("maxMacs").orElse(1);
        Sweep sweep = root.together(
                () -> new Sweep(new SweepPlan(SpaceReader.read(space), search, candidates, steps, seed), maxMacs));
        SweepConfiguration read = new SweepConfiguration(root.subject("candidate"), train, sweep);
        root.finish();
        return read;
    }

    /** The configuration of one candidate: the shared keys, and over them those that vary. */
    TrainConfiguration candidate(Map<String, Object> varied) {
        Map<String, Object> all = copy(train);
        varied.forEach((key, value) -> put(all, key, value));
        return TrainConfiguration.of(new Settings(subject + " " + varied, all));
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) ->
                copy.put(String.valueOf(key), value instanceof Map<?, ?> nested ? copy(nested) : value));
        return copy;
    }

    private static void put(Map<String, Object> map, String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            map.put(key, value);
            return;
        }
        String first = key.substring(0, dot);
        Map<String, Object> nested = map.get(first) instanceof Map<?, ?> old ? copy(old) : new LinkedHashMap<>();
        put(nested, key.substring(dot + 1), value);
        map.put(first, nested);
    }
}
