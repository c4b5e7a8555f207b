package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.cli.training.TrainConfiguration;
import io.github.dl4jprune.recipe.Settings;
import io.github.dl4jprune.sweep.SpaceReader;
import io.github.dl4jprune.sweep.Sweep;
import io.github.dl4jprune.sweep.SweepPlan;
import io.github.dl4jprune.sweep.SweepSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration of {@code sweep}.
 *
 * @param source what error messages call it
 * @param notes what the user should be told of its own keys
 * @param train keys of {@code train} that all candidates share
 * @param sweep what varies and how it is searched
 */
record SweepConfiguration(String source, List<String> notes, Map<String, Object> train, Sweep sweep) {
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
        boolean grid = search == SweepSearch.GRID;
        root.noteEffect("steps", grid, "with search random: it belongs to grid");
        root.noteEffect("seed", !grid, "with search grid: it belongs to random, and train.seed to the training");
        root.finish();
        return new SweepConfiguration(root.source(), root.notes(), train, sweep);
    }

    /**
     * Reads all candidates, so that what is wrong with one is known before any is trained.
     *
     * @return what the user should be told of keys that have no effect, in any of them or in the sweep
     * @throws IllegalArgumentException if a candidate cannot be read, or a key belongs to none of them
     */
    List<String> check() {
        List<Settings> candidates =
                sweep.plan().settings().stream().map(this::settings).toList();
        candidates.forEach(TrainConfiguration::ofCandidate);
        Map<String, String> ineffective = new LinkedHashMap<>(candidates.get(0).ineffective());
        Map<String, String> shared = new LinkedHashMap<>(candidates.get(0).shared());
        for (Settings candidate : candidates) {
            ineffective.keySet().retainAll(candidate.ineffective().keySet());
            shared.keySet().retainAll(candidate.shared().keySet());
        }
        ineffective.forEach((key, reason) -> {
            throw new IllegalArgumentException(withoutEffect(key, reason));
        });
        List<String> all = new ArrayList<>(notes);
        shared.forEach((key, reason) -> all.add(withoutEffect(key, reason)));
        return all;
    }

    private String withoutEffect(String key, String reason) {
        return source + ": " + key + " has no effect in any candidate, such as " + reason;
    }

    /** The configuration of one candidate. */
    TrainConfiguration candidate(Map<String, Object> varied) {
        return TrainConfiguration.ofCandidate(settings(varied));
    }

    /** The shared keys, and over them those that vary. */
    private Settings settings(Map<String, Object> varied) {
        Map<String, Object> all = copy(train);
        varied.forEach((key, value) -> put(all, key, value));
        return new Settings(source + ": candidate " + varied, all);
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
