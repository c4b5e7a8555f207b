package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LpNormTest {
    @Nested
    class Cube extends FilterCriterionContract {
        @Override
        LpNorm criterion() {
            return new LpNorm(3);
        }

        // python3: [sum(abs(w) ** 3 for w in f) ** (1 / 3) for f in [(0, 0), (1, 0), (0, 1), (3, 4), (.4, .3)]]
        @Test
        void it_is_the_root_of_the_sum_of_powers() {
            double[] scores = criterion().score(Filters.five()).toDoubleVector();

            assertThat(scores)
                    .containsExactly(new double[] {0, 1, 1, 4.497941445275415, 0.4497941445275415}, within(1e-14));
        }
    }

    @Nested
    class Half extends FilterCriterionContract {
        @Override
        LpNorm criterion() {
            return new LpNorm(0.5);
        }

        // python3: [sum(abs(w) ** .5 for w in f) ** 2 for f in [(0, 0), (1, 0), (0, 1), (3, 4), (.4, .3)]]
        @Test
        void it_is_the_root_of_the_sum_of_powers() {
            double[] scores = criterion().score(Filters.five()).toDoubleVector();

            assertThat(scores)
                    .containsExactly(new double[] {0, 1, 1, 13.928203230275509, 1.3928203230275507}, within(1e-13));
        }
    }

    @Test
    void one_and_two_are_the_norms_of_their_own_types() {
        INDArray filters = Filters.random(1, 6, 9);

        assertThat(new LpNorm(1).score(filters).toDoubleVector())
                .containsExactly(new L1Norm().score(filters).toDoubleVector(), within(1e-13));
        assertThat(new LpNorm(2).score(filters).toDoubleVector())
                .containsExactly(new L2Norm().score(filters).toDoubleVector(), within(1e-13));
    }

    @Test
    void a_large_power_neither_overflows_nor_vanishes() {
        INDArray filters = Nd4j.createFromArray(new double[][] {{1000, 1}, {0.001, 0.0001}});

        assertThat(new LpNorm(500).score(filters).toDoubleVector())
                .containsExactly(new double[] {1000, 0.001}, within(1e-9));
    }

    @Test
    void its_name_tells_the_power() {
        assertThat(new LpNorm(0.5).name()).isEqualTo("lp(0.5)");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void other_powers_are_refused(double p) {
        assertThatThrownBy(() -> new LpNorm(p))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("p must be finite and > 0, got " + p);
    }
}
