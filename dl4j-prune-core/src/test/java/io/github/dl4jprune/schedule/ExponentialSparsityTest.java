package io.github.dl4jprune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.schedule.ScheduleType;

class ExponentialSparsityTest extends SparsityScheduleContract {
    @Override
    SparsitySchedule schedule(double bound, Steps steps) {
        return new ExponentialSparsity(bound, steps);
    }

    // python3: [1 - (1 - .6) ** (t / 4) for t in range(5)]
    @ParameterizedTest
    @CsvSource({"0, 0.0", "1, 0.20472927123294937", "2, 0.3675444679663241", "3, 0.49702662812682585", "4, 0.6"})
    void each_step_removes_the_same_fraction_of_what_is_left(int epoch, double expected) {
        SparsitySchedule schedule = schedule(0.6, new Steps(ScheduleType.EPOCH, 0, 4, 1));

        assertThat(schedule.valueAt(7, epoch)).isCloseTo(expected, within(1e-15));
    }
}
