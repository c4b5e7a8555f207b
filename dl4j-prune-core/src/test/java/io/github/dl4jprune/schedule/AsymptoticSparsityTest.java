package io.github.dl4jprune.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.schedule.ScheduleType;

class AsymptoticSparsityTest extends SparsityScheduleContract {
    @Override
    SparsitySchedule schedule(double bound, Steps steps) {
        return new AsymptoticSparsity(bound, steps);
    }

    // f = lambda y: y ** .125 - .75 * y - .25; lo, hi = 1e-12, .9
    // for _ in range(200): m = (lo + hi) / 2; lo, hi = (m, hi) if f(m) < 0 else (lo, m)
    // python3: k = -log(hi) / n; a = goal / (hi - 1); print(a * exp(-k * t) - a)
    @ParameterizedTest
    @CsvSource({
        "200, 1, 0.021576577510872885",
        "200, 25, 0.3",
        "200, 50, 0.37500343448548684",
        "200, 100, 0.3984432957630677",
        "200, 200, 0.4",
        "40, 1, 0.0968553888094022",
        "40, 5, 0.3",
        "40, 10, 0.37500343448548684"
    })
    void it_follows_the_published_exponential(int end, int epoch, double expected) {
        SparsitySchedule schedule = schedule(0.4, new Steps(ScheduleType.EPOCH, 0, end, 1));

        assertThat(schedule.valueAt(7, epoch)).isCloseTo(expected, within(1e-14));
    }
}
