package io.github.dl4jprune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ScheduleType;

class OneShotSparsityTest extends SparsityScheduleContract {
    @Override
    SparsitySchedule schedule(double bound, Steps steps) {
        return new OneShotSparsity(bound, steps.unit(), steps.end());
    }

    @Test
    void it_steps_once() {
        SparsitySchedule schedule = new OneShotSparsity(0.5, ScheduleType.EPOCH, 3);

        assertThat(schedule.valueAt(100, 2)).isZero();
        assertThat(schedule.valueAt(0, 3)).isEqualTo(0.5);
        assertThat(schedule.curve(0)).isEqualTo(0.5);
    }

    @Test
    void a_step_before_the_first_epoch_is_refused() {
        assertThatThrownBy(() -> new OneShotSparsity(0.5, ScheduleType.EPOCH, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("at must be at least 0, got -1");
    }
}
