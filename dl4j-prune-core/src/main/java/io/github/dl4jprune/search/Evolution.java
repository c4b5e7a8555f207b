package io.github.dl4jprune.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** One search of an {@link EvolutionSearch}. */
final class Evolution {
    private static final int TRIES = 10;

    private final EvolutionSearch search;
    private final VectorSpace space;
    private final ToDoubleFunction<List<Integer>> fitness;
    private final Set<List<Integer>> seen = new HashSet<>();
    private List<FoodSource> parents = List.of();

    Evolution(EvolutionSearch search, VectorSpace space, ToDoubleFunction<List<Integer>> fitness) {
        this.search = search;
        this.space = space;
        this.fitness = fitness;
    }

    FoodSource run() {
        for (int iteration = 0; iteration < search.iterations(); iteration++) {
            List<List<Integer>> population = new ArrayList<>();
            if (!parents.isEmpty()) {
                fill(population, search.mutations(), this::mutated);
                fill(population, population.size() + search.crossovers(), this::crossed);
            }
            fill(population, search.population(), () -> space.lowered(space.anywhere()));
            judge(population);
        }
        return parents.get(0);
    }

    /** Adds new vectors until there are so many, or the tries are used up. */
    private void fill(List<List<Integer>> population, int size, Supplier<List<Integer>> source) {
        int tries = TRIES * (size - population.size());
        for (int i = 0; i < tries && population.size() < size; i++) {
            List<Integer> child = List.copyOf(source.get());
            if (!seen.contains(child) && space.allows(child)) {
                seen.add(child);
                population.add(child);
            }
        }
    }

    private void judge(List<List<Integer>> population) {
        List<FoodSource> all = new ArrayList<>(parents);
        population.forEach(entries -> all.add(new FoodSource(entries, fitness.applyAsDouble(entries))));
        all.sort(Comparator.comparingDouble(FoodSource::fitness).reversed()); // stable: of equals the elder
        parents = List.copyOf(all.subList(0, Math.min(search.parents(), all.size())));
    }

    private FoodSource parent() {
        return parents.get(space.random.nextInt(parents.size()));
    }

    private List<Integer> mutated() {
        List<Integer> entries = new ArrayList<>(parent().entries());
        for (int i = 0; i < entries.size(); i++) {
            if (space.random.nextDouble() < search.chance() && search.most() > 1) {
                int step = 1 + space.random.nextInt(search.most() - 1);
                entries.set(i, 1 + (entries.get(i) - 1 + step) % search.most());
            }
        }
        return entries;
    }

    private List<Integer> crossed() {
        List<Integer> one = parent().entries();
        List<Integer> other = parent().entries();
        List<Integer> entries = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            entries.add(space.random.nextInt(2) == 0 ? one.get(i) : other.get(i));
        }
        return entries;
    }
}
