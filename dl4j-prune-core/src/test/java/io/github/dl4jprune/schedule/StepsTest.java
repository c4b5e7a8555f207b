package io.github.dl4jprune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.schedule.ScheduleType;

class StepsTest {
    @ParameterizedTest
    @CsvSource({"0, 6, 3, 0 3 6", "1, 8, 3, 1 4 7 8", "2, 2, 1, 2", "0, 2, 5, 0 2"})
    void the_end_is_always_a_step(int start, int end, int every, String expected) {
        Steps steps = new Steps(ScheduleType.ITERATION, start, end, every);

        assertThat(IntStream.range(0, 20).filter(i -> steps.contains(i, 0)))
                .extracting(String::valueOf)
                .containsExactly(expected.split(" "));
    }

    @Test
    void epochs_are_counted_when_they_are_the_unit() {
        Steps steps = new Steps(ScheduleType.EPOCH, 0, 6, 3);

        assertThat(steps.contains(1, 3)).isTrue();
        assertThat(steps.contains(3, 1)).isFalse();
    }

    @Test
    void numbers_out_of_range_are_refused() {
        assertThatThrownBy(() -> new Steps(ScheduleType.EPOCH, -1, 6, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("start must be at least 0, got -1");
        assertThatThrownBy(() -> new Steps(ScheduleType.EPOCH, 7, 6, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("end must be at least start = 7, got 6");
        assertThatThrownBy(() -> new Steps(ScheduleType.EPOCH, 0, 6, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("every must be at least 1, got 0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.2, Double.NaN})
    void a_bound_that_is_no_sparsity_is_refused(double bound) {
        Steps steps = new Steps(ScheduleType.EPOCH, 0, 6, 3);

        assertThatThrownBy(() -> new LinearSparsity(bound, steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bound must be in [0, 1), got " + bound);
        assertThatThrownBy(() -> new CosineSparsity(bound, steps)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CubicSparsity(0, bound, steps)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ExponentialSparsity(bound, steps)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LogarithmicSparsity(bound, steps)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AsymptoticSparsity(bound, steps)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OneShotSparsity(bound, ScheduleType.EPOCH, 6))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
