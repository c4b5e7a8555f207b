package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class PairedIntervalTest {
    // python3: n, b, c = 200, 30, 12; d = (c - b) / n; se = ((b + c - (c - b) ** 2 / n) ** 0.5) / n
    //          d, d - 1.959963984540054 * se, d + 1.959963984540054 * se
    @Test
    void the_interval_is_that_of_the_formula() {
        ModelEvaluation first = evaluation(200, 0, 130);
        ModelEvaluation second = evaluation(200, 30, 142);

        PairedInterval interval = PairedInterval.between(first, second);

        assertThat(interval.difference()).isEqualTo(-0.09);
        assertThat(interval.lower()).isCloseTo(-0.1522732099661702, within(1e-12));
        assertThat(interval.upper()).isCloseTo(-0.0277267900338298, within(1e-12));
    }

    @Test
    void equal_answers_leave_no_width() {
        ModelEvaluation same = evaluation(10, 2, 7);

        assertThat(PairedInterval.between(same, same)).isEqualTo(new PairedInterval(0, 0, 0));
    }

    @Test
    void two_opposite_answers_of_many_give_a_small_interval_around_zero() {
        PairedInterval interval = PairedInterval.between(evaluation(10_000, 0, 9_000), evaluation(10_000, 1, 9_001));

        assertThat(interval.difference()).isZero();
        assertThat(interval.upper()).isCloseTo(1.959963984540054 * Math.sqrt(2) / 10_000, within(1e-15));
        assertThat(interval.lower()).isEqualTo(-interval.upper());
    }

    @Test
    void different_numbers_of_examples_are_refused() {
        assertThatThrownBy(() -> PairedInterval.between(evaluation(10, 0, 5), evaluation(11, 0, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("both evaluations must see the same examples, got 10 and 11");
    }

    private static ModelEvaluation evaluation(int examples, int from, int to) {
        BitSet correct = new BitSet();
        correct.set(from, to);
        return new ModelEvaluation(examples, (to - from) / (double) examples, 0, correct);
    }
}
