package io.github.dl4jprune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.schedule.ScheduleType;

class LogarithmicSparsityTest extends SparsityScheduleContract {
    @Override
    SparsitySchedule schedule(double bound, Steps steps) {
        return new LogarithmicSparsity(bound, steps);
    }

    // python3: from math import *; [round(.8 * log(2 + p / 3) / log(22), 4) for p in range(0, 61, 3)]
    @ParameterizedTest
    @CsvSource({
        "0, .1794",
        "3, .2843",
        "6, .3588",
        "9, .4165",
        "12, .4637",
        "15, .5036",
        "18, .5382",
        "21, .5687",
        "24, .5959",
        "27, .6206",
        "30, .6431",
        "33, .6638",
        "36, .6830",
        "39, .7009",
        "42, .7176",
        "45, .7333",
        "48, .7481",
        "51, .7621",
        "54, .7753",
        "57, .7880",
        "60, .8000"
    })
    void the_published_defaults_follow_the_hook(int epoch, double expected) {
        SparsitySchedule schedule = LogarithmicSparsity.published();

        assertThat(schedule.valueAt(7, epoch)).isCloseTo(expected, within(5e-5));
    }

    // python3: from math import *; [.8 * log(2 + p / 3) / log(2 + 7 / 3) for p in (0, 3, 6, 7)]
    @ParameterizedTest
    @CsvSource({"0, 0.378165263805436", "3, 0.5993777622069398", "6, 0.756330527610872", "7, 0.8"})
    void a_shorter_last_step_still_reaches_the_bound(int epoch, double expected) {
        SparsitySchedule schedule = schedule(0.8, new Steps(ScheduleType.EPOCH, 0, 7, 3));

        assertThat(schedule.valueAt(7, epoch)).isCloseTo(expected, within(1e-15));
    }
}
