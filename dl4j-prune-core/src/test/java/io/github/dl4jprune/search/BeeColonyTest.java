package io.github.dl4jprune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeeColonyTest {
    private static final List<Integer> GOAL = List.of(2, 9, 6, 4);

    /** Largest at the goal, falling by 1 for every step away along any axis. */
    private static double nearness(List<Integer> goal, List<Integer> entries) {
        double distance = 0;
        for (int i = 0; i < goal.size(); i++) {
            distance += Math.abs(goal.get(i) - entries.get(i));
        }
        return 10 * goal.size() - distance;
    }

    // Python, with SplittableRandom as r (r.i(b): nextInt(b), r.d(): nextDouble()), f: nearness to (3, 7, 5), D = 3:
    //   s = [rnd() for _ in range(3)]                        # rnd: ev([1 + r.i(9) for _ in range(D)]), ev logs new
    // ones
    //   def forage(i):
    //       k = r.i(2); k += k >= i; g = list(s[i]); free = list(range(D))
    //       for _ in range(2):
    //           a = free.pop(r.i(len(free)))
    //           g[a] = min(9, max(1, int(g[a] + (2 * r.d() - 1) * (g[a] - s[k][a]))))
    //       if ev(g) > f(s[i]): s[i] = g; t[i] = 0
    //       else: t[i] += 1
    //   twice: forage(0..2); p = [.9 * f(x) / max(f) + .1 for x in s]; round and round i, until 3 went:
    //   if r.d() < p[i]: forage(i); then w = t.index(max(t)); if t[w] >= 1: s[w] = rnd(); t[w] = 0
    @Test
    void a_short_search_goes_the_way_that_an_implementation_in_another_language_goes() {
        List<List<Integer>> tried = new ArrayList<>();

        FoodSource best = new BeeColony(3, 2, 2, 1, 9, 11).search(3, any -> true, entries -> {
            tried.add(entries);
            return nearness(List.of(3, 7, 5), entries);
        });

        assertThat(tried)
                .containsExactly(
                        List.of(7, 8, 4),
                        List.of(7, 4, 7),
                        List.of(4, 6, 8),
                        List.of(7, 8, 5),
                        List.of(8, 4, 6),
                        List.of(4, 6, 9),
                        List.of(9, 8, 3),
                        List.of(7, 3, 6),
                        List.of(6, 4, 8),
                        List.of(9, 9, 9),
                        List.of(8, 8, 6),
                        List.of(9, 8, 9),
                        List.of(1, 6, 8),
                        List.of(7, 8, 9),
                        List.of(2, 6, 7),
                        List.of(7, 5, 7));
        assertThat(best).isEqualTo(new FoodSource(List.of(2, 6, 7), 26));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 3, 4, 5})
    void the_optimum_of_a_separable_function_is_found_within_the_evaluations_promised(long seed) {
        BeeColony colony = new BeeColony.Builder()
                .sources(10)
                .cycles(40)
                .most(10)
                .seed(seed)
                .build();
        List<List<Integer>> tried = new ArrayList<>();

        FoodSource best = colony.search(4, any -> true, logged(tried));

        assertThat(best).isEqualTo(new FoodSource(GOAL, 40));
        assertThat(tried).hasSizeLessThanOrEqualTo(colony.evaluations()).doesNotHaveDuplicates();
        assertThat(tried).allSatisfy(entries -> assertThat(entries).hasSize(4).allMatch(e -> e >= 1 && e <= 10));
    }

    @Test
    void only_what_is_allowed_is_tried() {
        List<List<Integer>> tried = new ArrayList<>();

        FoodSource best = new BeeColony(5, 10, 2, 3, 10, 1).search(4, entries -> sum(entries) <= 12, logged(tried));

        assertThat(tried).allSatisfy(entries -> assertThat(sum(entries)).isLessThanOrEqualTo(12));
        assertThat(new HashSet<>(tried)).contains(best.entries());
    }

    @Test
    void a_fitness_of_zero_everywhere_leaves_the_first_source_the_best() {
        List<List<Integer>> tried = new ArrayList<>();

        FoodSource best = new BeeColony(2, 2, 1, 1, 5, 3).search(2, any -> true, entries -> {
            tried.add(entries);
            return 0;
        });

        assertThat(best).isEqualTo(new FoodSource(tried.get(0), 0));
    }

    @Test
    void what_cannot_be_searched_is_refused() {
        BeeColony colony = new BeeColony(2, 1, 1, 1, 5, 3);

        assertThatThrownBy(() -> colony.search(2, entries -> false, entries -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the vector of ones must be allowed, for every other is larger");
        assertThatThrownBy(() -> colony.search(2, any -> true, entries -> Double.NaN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("fitness of \\[\\d, \\d] must be finite and at least 0, got NaN");
        assertThatThrownBy(() -> new BeeColony.Builder().sources(1).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sources must be at least 2, got 1");
    }

    private static ToDoubleFunction<List<Integer>> logged(List<List<Integer>> tried) {
        return entries -> {
            tried.add(entries);
            return nearness(GOAL, entries);
        };
    }

    private static int sum(List<Integer> entries) {
        return entries.stream().mapToInt(e -> e).sum();
    }
}
