package io.github.dl4jprune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvolutionSearchTest {
    private static final List<Integer> GOAL = List.of(4, 28, 17, 9, 22);

    /** Largest at the goal, falling by 1 for every step away along any axis. */
    private static double nearness(List<Integer> entries) {
        return 200
                - IntStream.range(0, GOAL.size())
                        .map(i -> Math.abs(GOAL.get(i) - entries.get(i)))
                        .sum();
    }

    private static ToDoubleFunction<List<Integer>> logged(List<List<Integer>> tried) {
        return entries -> {
            tried.add(entries);
            return nearness(entries);
        };
    }

    private static EvolutionSearch.Builder builder() {
        return new EvolutionSearch.Builder();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4})
    void the_published_search_comes_close_to_the_optimum_where_lots_alone_do_not(long seed) {
        double evolved = builder()
                .seed(seed)
                .build()
                .search(GOAL.size(), any -> true, EvolutionSearchTest::nearness)
                .fitness();
        double lots = builder()
                .mutations(0)
                .crossovers(0)
                .seed(seed)
                .build()
                .search(GOAL.size(), any -> true, EvolutionSearchTest::nearness)
                .fitness();

        assertThat(evolved).isGreaterThanOrEqualTo(196);
        assertThat(evolved).isGreaterThan(lots);
    }

    @Test
    void no_vector_is_evaluated_twice_and_a_seed_fixes_the_search() {
        EvolutionSearch search = builder().iterations(6).seed(7).build();
        List<List<Integer>> tried = new ArrayList<>();
        List<List<Integer>> again = new ArrayList<>();

        FoodSource best = search.search(GOAL.size(), any -> true, logged(tried));
        search.search(GOAL.size(), any -> true, logged(again));

        assertThat(tried).hasSize(search.evaluations()).doesNotHaveDuplicates();
        assertThat(search.evaluations()).isEqualTo(300);
        assertThat(again).isEqualTo(tried);
        assertThat(tried).allSatisfy(entries -> assertThat(entries).allMatch(e -> e >= 1 && e <= 31));
        assertThat(best.fitness())
                .isEqualTo(tried.stream()
                        .mapToDouble(EvolutionSearchTest::nearness)
                        .max()
                        .orElseThrow());
    }

    @Test
    void children_come_from_the_best_by_mutation_then_crossover() {
        EvolutionSearch search = new EvolutionSearch(4, 2, 1, 2, 1, 0, 10, 3);
        List<List<Integer>> tried = new ArrayList<>();

        search.search(3, any -> true, entries -> {
            tried.add(entries);
            return entries.get(0);
        });

        List<Integer> parent = tried.subList(0, 4).stream()
                .reduce((a, b) -> b.get(0) > a.get(0) ? b : a)
                .orElseThrow();
        // with chance 1 every entry becomes another one
        assertThat(tried.subList(4, 6))
                .allSatisfy(child -> assertThat(IntStream.range(0, 3))
                        .noneMatch(i -> child.get(i).equals(parent.get(i))));
        // crossovers of one parent with itself were all seen: what is left is filled at random
        EvolutionSearch crossing = new EvolutionSearch(4, 3, 2, 0, 0, 2, 10, 3);
        List<List<Integer>> crossed = new ArrayList<>();
        crossing.search(3, any -> true, entries -> {
            crossed.add(entries);
            return crossed.size() <= 2 ? 100 : 1;
        });
        assertThat(crossed.subList(4, 6))
                .allSatisfy(child -> assertThat(IntStream.range(0, 3))
                        .allMatch(i -> List.of(
                                        crossed.get(0).get(i), crossed.get(1).get(i))
                                .contains(child.get(i))));
    }

    @Test
    void a_bound_holds_for_every_vector_however_tight() {
        List<List<Integer>> tried = new ArrayList<>();

        builder()
                .iterations(4)
                .seed(5)
                .build()
                .search(
                        GOAL.size(),
                        entries -> entries.stream().mapToInt(e -> e).sum() <= 12,
                        logged(tried));

        assertThat(tried).isNotEmpty().doesNotHaveDuplicates();
        assertThat(tried).allMatch(entries -> entries.stream().mapToInt(e -> e).sum() <= 12);
    }

    @Test
    void it_ends_when_vectors_run_out() {
        List<List<Integer>> tried = new ArrayList<>();

        FoodSource best = builder().most(3).seed(2).build().search(2, any -> true, entries -> {
            tried.add(entries);
            return entries.get(0) * 10 + entries.get(1);
        });

        assertThat(new HashSet<>(tried)).hasSize(9);
        assertThat(tried).hasSize(9);
        assertThat(best).isEqualTo(new FoodSource(List.of(3, 3), 33));
    }

    @Test
    void numbers_out_of_range_are_named() {
        assertThatThrownBy(() -> builder().population(1).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("population must be at least 2, got 1");
        assertThatThrownBy(() -> builder().chance(1.5).build())
                .hasMessage("mutation chance must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> builder().population(40).build())
                .hasMessage("mutations and crossovers must be at most the population of 40, got 25 and 25");
        assertThatThrownBy(() -> builder().build().search(2, none -> false, EvolutionSearchTest::nearness))
                .hasMessage("the vector of ones must be allowed, for every other is larger");
    }
}
