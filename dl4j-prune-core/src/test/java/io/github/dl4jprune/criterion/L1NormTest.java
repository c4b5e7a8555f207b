package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class L1NormTest extends FilterCriterionContract {
    @Override
    L1Norm criterion() {
        return new L1Norm();
    }

    // python3: [sum(abs(w) for w in f) for f in [(0, 0), (1, 0), (0, 1), (3, 4), (.4, .3)]]
    @Test
    void it_is_the_sum_of_absolute_weights() {
        double[] scores = criterion().score(Filters.five()).toDoubleVector();

        assertThat(scores).containsExactly(new double[] {0, 1, 1, 7, 0.7}, within(1e-15));
    }

    @Test
    void the_sign_of_a_weight_does_not_matter() {
        double[] scores = criterion()
                .score(Nd4j.createFromArray(new double[][] {{-1, 2}, {1, -2}}))
                .toDoubleVector();

        assertThat(scores).containsExactly(3, 3);
    }

    @Test
    void a_weight_that_is_no_number_is_refused_with_its_channel() {
        assertThatThrownBy(() -> criterion().score(Nd4j.createFromArray(new double[][] {{1, 2}, {3, Double.NaN}})))
                .hasMessage("score of channel 1 must be finite, got NaN: its values are NaN, infinite or too large to"
                        + " square");
    }
}
