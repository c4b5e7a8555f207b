package io.github.dl4jprune.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedTimingTest {
    @Test
    void contenders_take_turns_and_turns_at_being_first() {
        List<String> runs = new ArrayList<>();
        List<String> timed = new ArrayList<>();

        double[] medians = new InterleavedTiming(3)
                .medianMillis(
                        List.of(() -> runs.add("a"), () -> runs.add("b")), () -> timed.add(runs.get(runs.size() - 1)));

        assertThat(timed).containsExactly("a", "b", "b", "a", "a", "b");
        assertThat(medians).hasSize(2);
    }

    @Test
    void a_slow_contender_has_a_longer_median() {
        double[] medians = new InterleavedTiming(3).medianMillis(List.of(() -> sleep(20), () -> {}), () -> {});

        assertThat(medians[0]).isGreaterThanOrEqualTo(20);
        assertThat(medians[1]).isLessThan(medians[0]);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
