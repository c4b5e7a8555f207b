package io.github.dl4jprune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.schedule.ScheduleType;

class LinearSparsityTest extends SparsityScheduleContract {
    @Override
    SparsitySchedule schedule(double bound, Steps steps) {
        return new LinearSparsity(bound, steps);
    }

    // python3: [.6 * t / 4 for t in range(5)]
    @ParameterizedTest
    @CsvSource({"0, 0.0", "1, 0.15", "2, 0.3", "3, 0.45", "4, 0.6"})
    void it_climbs_equal_stairs(int epoch, double expected) {
        SparsitySchedule schedule = schedule(0.6, new Steps(ScheduleType.EPOCH, 0, 4, 1));

        assertThat(schedule.valueAt(7, epoch)).isCloseTo(expected, within(1e-15));
    }
}
