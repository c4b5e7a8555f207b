package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ActivationCriteriaTest {
    private static final double[][] ACTIVATIONS = {{0, 0, 0, 0}, {1, 0, 2, 0}, {-1, 1, -0.5, 0.5}, {3, 0, 0, 0}};

    static Stream<ActivationCriterion> criteria() {
        return Stream.of(new MeanActivation(), new ApoZ());
    }

    // A = [(0, 0, 0, 0), (1, 0, 2, 0), (-1, 1, -.5, .5), (3, 0, 0, 0)]; python3: [sum(map(abs, a)) / 4 for a in A]
    @Test
    void the_mean_activation_is_the_mean_of_absolute_values() {
        double[] scores =
                new MeanActivation().score(Nd4j.createFromArray(ACTIVATIONS)).toDoubleVector();

        assertThat(scores).containsExactly(new double[] {0, 0.75, 0.75, 0.75}, within(1e-15));
    }

    // python3: [1 - sum(v == 0 for v in a) / 4 for a in A]
    @Test
    void apoz_is_the_fraction_of_values_that_are_not_zero() {
        double[] scores = new ApoZ().score(Nd4j.createFromArray(ACTIVATIONS)).toDoubleVector();

        assertThat(scores).containsExactly(0, 0.5, 1, 0.25);
    }

    @ParameterizedTest
    @MethodSource("criteria")
    void activations_stay_untouched(ActivationCriterion criterion) {
        INDArray activations = Nd4j.createFromArray(ACTIVATIONS);

        criterion.score(activations);

        assertThat(activations.toDoubleMatrix()).isDeepEqualTo(ACTIVATIONS);
    }

    @ParameterizedTest
    @MethodSource("criteria")
    void float_and_double_agree(ActivationCriterion criterion) {
        INDArray activations = Nd4j.createFromArray(ACTIVATIONS);

        INDArray scores = criterion.score(activations.castTo(DataType.FLOAT));

        assertThat(scores.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(scores.toDoubleVector())
                .containsExactly(criterion.score(activations).toDoubleVector(), within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("criteria")
    void anything_but_rows_is_refused(ActivationCriterion criterion) {
        assertThatThrownBy(() -> criterion.score(Nd4j.ones(2, 3, 4, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("activations must have the shape [channels, values], at least 1 each, got [2, 3, 4, 5]");
    }
}
