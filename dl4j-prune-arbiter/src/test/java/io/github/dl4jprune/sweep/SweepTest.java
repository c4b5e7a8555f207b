package io.github.dl4jprune.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static SettingsSpace space() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("criterion", List.of("l1", "l2"));
        values.put("sparsity", Map.of("min", 0.2, "max", 0.6));
        return SpaceReader.read(values);
    }

    private static SweepPlan grid(int candidates) {
        return new SweepPlan(space(), SweepSearch.GRID, candidates, 3, 1);
    }

    private static TrialResult result(Map<String, Object> settings) {
        double sparsity = (double) java.util.Objects.requireNonNull(settings.get("sparsity"));
        return new TrialResult(settings, 0.9 - sparsity / 10, 1 - sparsity, 1 - sparsity, sparsity);
    }

    @Test
    void a_grid_tries_every_combination_once() {
        List<Integer> order = new ArrayList<>();

        List<TrialResult> results = new Sweep(grid(100), 1).run((index, settings) -> {
            order.add(index);
            return result(settings);
        });

        assertThat(results).hasSize(6).doesNotHaveDuplicates();
        assertThat(results).extracting(r -> r.settings().get("criterion")).contains("l1", "l2");
        assertThat(results).extracting(TrialResult::sparsity).contains(0.2, 0.4, 0.6);
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void no_more_candidates_run_than_were_asked_for() {
        assertThat(new Sweep(grid(4), 1).run((index, settings) -> result(settings)))
                .hasSize(4);
    }

    @Test
    void a_random_search_draws_the_same_candidates_for_the_same_seed() {
        SweepPlan plan = new SweepPlan(space(), SweepSearch.RANDOM, 5, 2, 7);

        assertThat(plan.settings())
                .hasSize(5)
                .isEqualTo(new SweepPlan(space(), SweepSearch.RANDOM, 5, 2, 7).settings());
        assertThat(plan.settings()).isNotEqualTo(new SweepPlan(space(), SweepSearch.RANDOM, 5, 2, 8).settings());
        assertThat(plan.settings())
                .allSatisfy(s -> assertThat((double) java.util.Objects.requireNonNull(s.get("sparsity")))
                        .isBetween(0.2, 0.6));
        assertThat(new Sweep(plan, 1).run((index, settings) -> result(settings)))
                .extracting(TrialResult::settings)
                .isEqualTo(plan.settings());
    }

    @Test
    void a_trial_that_fails_ends_the_sweep_with_its_own_words() {
        List<Integer> started = new ArrayList<>();

        assertThatThrownBy(() -> new Sweep(grid(6), 1).run((index, settings) -> {
                    started.add(index);
                    if (index == 1) {
                        throw new IllegalArgumentException("layer \"conv9\" must exist");
                    }
                    return result(settings);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"conv9\" must exist");
        assertThat(started).containsExactly(0, 1);
    }

    @Test
    void what_is_within_the_bound_beats_what_is_beyond_it() {
        TrialResult small = new TrialResult(Map.of(), 0.5, 0.4, 0.4, 0.5);
        TrialResult large = new TrialResult(Map.of(), 0.99, 0.9, 0.9, 0.1);

        assertThat(small.score(0.5)).isEqualTo(0.5).isGreaterThan(large.score(0.5));
        assertThat(large.score(1)).isEqualTo(0.99);
    }

    @Test
    void numbers_out_of_range_are_refused() {
        assertThatThrownBy(() -> new Sweep(grid(1), 0)).hasMessage("maxMacs must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> grid(Integer.MAX_VALUE))
                .hasMessage("candidates must be in [1, 10000], got 2147483647");
        assertThatThrownBy(() -> grid(0)).hasMessage("candidates must be in [1, 10000], got 0");
        assertThatThrownBy(() -> new SweepPlan(space(), SweepSearch.GRID, 1, 1, 1))
                .hasMessage("steps must be in [2, 1000], got 1");
    }
}
