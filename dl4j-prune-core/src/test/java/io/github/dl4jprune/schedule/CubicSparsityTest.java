package io.github.dl4jprune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.schedule.ScheduleType;

class CubicSparsityTest extends SparsityScheduleContract {
    @Override
    SparsitySchedule schedule(double bound, Steps steps) {
        return new CubicSparsity(0, bound, steps);
    }

    // python3: [round(.7 + (.05 - .7) * (1 - t / 9) ** 3, 4) for t in range(10)]
    @ParameterizedTest
    @CsvSource({
        "0, .05",
        "1, .2435",
        "2, .3942",
        "3, .5074",
        "4, .5885",
        "5, .6429",
        "6, .6759",
        "7, .6929",
        "8, .6991",
        "9, .7"
    })
    void it_follows_the_published_cubic(int epoch, double expected) {
        SparsitySchedule schedule = new CubicSparsity(0.05, 0.7, new Steps(ScheduleType.EPOCH, 0, 9, 1));

        assertThat(schedule.valueAt(7, epoch)).isCloseTo(expected, within(5e-5));
    }

    @Test
    void the_initial_sparsity_lies_within_the_bound() {
        Steps steps = new Steps(ScheduleType.EPOCH, 0, 9, 1);

        assertThatThrownBy(() -> new CubicSparsity(0.8, 0.7, steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("initial must be in [0, bound = 0.7], got 0.8");
        assertThatThrownBy(() -> new CubicSparsity(Double.NaN, 0.7, steps))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CubicSparsity(-0.1, 0.7, steps)).isInstanceOf(IllegalArgumentException.class);
    }
}
