package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateScheduleTest {
    // python3: from math import *; 0.1 * (1 + cos(pi * i / 8)) / 2
    @ParameterizedTest
    @CsvSource({
        "0, 0.1",
        "1, 0.09619397662556434",
        "2, 0.08535533905932738",
        "4, 0.05",
        "7, 0.0038060233744356634",
        "8, 0",
        "9, 0"
    })
    void cosine_follows_the_published_formula(int iteration, double expected) {
        assertThat(LearningRateSchedule.COSINE.rate(0.1, iteration, 8)).isCloseTo(expected, within(1e-16));
    }

    @Test
    void constant_stays() {
        assertThat(LearningRateSchedule.CONSTANT.rate(0.1, 7, 8)).isEqualTo(0.1);
    }

    @Test
    void names_are_those_of_the_command_line() {
        assertThat(LearningRateSchedule.COSINE.text()).isEqualTo("cosine");
        assertThat(LearningRateSchedule.CONSTANT.text()).isEqualTo("constant");
    }
}
