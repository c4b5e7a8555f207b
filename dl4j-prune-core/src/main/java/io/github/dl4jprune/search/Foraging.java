package io.github.dl4jprune.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** One search of a {@link BeeColony}. */
final class Foraging {
    private static final double BY_FITNESS = 0.9;
    private static final double BY_CHANCE = 0.1;

    private final BeeColony colony;
    private final VectorSpace space;
    private final ToDoubleFunction<List<Integer>> fitness;
    private final List<FoodSource> sources = new ArrayList<>();
    private final int[] failures;
    private final Map<List<Integer>, FoodSource> known = new HashMap<>();
    private FoodSource best = new FoodSource(List.of(), 0);

    Foraging(BeeColony colony, VectorSpace space, ToDoubleFunction<List<Integer>> fitness) {
        this.colony = colony;
        this.space = space;
        this.fitness = fitness;
        this.failures = new int[colony.sources()];
    }

    FoodSource run() {
        for (int i = 0; i < colony.sources(); i++) {
            sources.add(evaluated(space.anywhere()));
        }
        for (int cycle = 0; cycle < colony.cycles(); cycle++) {
            IntStream.range(0, sources.size()).forEach(this::forage);
            watch();
            scout();
        }
        return best;
    }

    /** Tries a move of one source. */
    private void forage(int own) {
        int other = space.random.nextInt(sources.size() - 1);
        other += other >= own ? 1 : 0;
        FoodSource source = sources.get(own);
        FoodSource found = evaluated(moved(source.entries(), sources.get(other).entries()));
        if (found.fitness() > source.fitness()) {
            sources.set(own, found);
            failures[own] = 0;
        } else {
            failures[own]++;
        }
    }

    private List<Integer> moved(List<Integer> from, List<Integer> other) {
        List<Integer> entries = new ArrayList<>(from);
        List<Integer> open =
                new ArrayList<>(IntStream.range(0, space.length).boxed().toList());
        for (int i = 0; i < Math.min(colony.changes(), space.length); i++) {
            int at = open.remove(space.random.nextInt(open.size()));
            int entry = from.get(at);
            double step = (2 * space.random.nextDouble() - 1) * (entry - other.get(at));
            entries.set(at, Math.min(colony.most(), Math.max(1, (int) (entry + step))));
        }
        return entries;
    }

    private void watch() {
        double largest = sources.stream().mapToDouble(FoodSource::fitness).max().orElse(0);
        double[] chances = sources.stream()
                .mapToDouble(source -> (largest > 0 ? BY_FITNESS * source.fitness() / largest : 0) + BY_CHANCE)
                .toArray();
        int gone = 0;
        for (int i = 0; gone < chances.length; i = (i + 1) % chances.length) {
            if (space.random.nextDouble() < chances[i]) {
                forage(i);
                gone++;
            }
        }
    }

    private void scout() {
        int worst = 0;
        for (int i = 1; i < failures.length; i++) {
            worst = failures[i] > failures[worst] ? i : worst;
        }
        if (failures[worst] >= colony.foodLimit()) {
            sources.set(worst, evaluated(space.anywhere()));
            failures[worst] = 0;
        }
    }

    private FoodSource evaluated(List<Integer> wanted) {
        List<Integer> entries = space.lowered(wanted);
        FoodSource source = known.get(entries);
        if (source == null) {
            source = new FoodSource(entries, fitness.applyAsDouble(entries));
            known.put(entries, source);
        }
        best = best.entries().isEmpty() || source.fitness() > best.fitness() ? source : best;
        return source;
    }
}
