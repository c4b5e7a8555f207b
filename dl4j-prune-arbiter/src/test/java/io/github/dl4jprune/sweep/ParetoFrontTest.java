package io.github.dl4jprune.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
    private static TrialResult at(double macs, double accuracy) {
        return new TrialResult(Map.of(), accuracy, macs, macs, 1 - macs);
    }

    @Test
    void a_result_that_is_beaten_in_both_is_not_on_the_front() {
        assertThat(ParetoFront.of(List.of(at(0.5, 0.9), at(0.4, 0.8), at(0.6, 0.85), at(1, 0.95))))
                .containsExactly(at(0.4, 0.8), at(0.5, 0.9), at(1, 0.95));
    }

    @Test
    void of_equally_small_ones_the_most_accurate_stays() {
        assertThat(ParetoFront.of(List.of(at(0.5, 0.8), at(0.5, 0.9)))).containsExactly(at(0.5, 0.9));
    }

    @Test
    void of_equally_accurate_ones_the_smallest_stays() {
        assertThat(ParetoFront.of(List.of(at(0.5, 0.9), at(0.4, 0.9)))).containsExactly(at(0.4, 0.9));
    }

    @Test
    void nothing_has_an_empty_front() {
        assertThat(ParetoFront.of(List.of())).isEmpty();
    }
}
