package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NormDistanceMixTest extends FilterCriterionContract {
    private static final INDArray TEN = Nd4j.createFromArray(
            new double[][] {{0, 0}, {1, 0}, {0, 1}, {3, 4}, {.4, .3}, {2, 2}, {-1, 1}, {1, 1.5}, {-2, .5}, {.1, -.3}});

    @Override
    NormDistanceMix criterion() {
        return new NormDistanceMix(0.7, 0.1);
    }

    /** Equal filters take two places in a row. */
    @Override
    double duplicateTolerance() {
        return 1.0 / 7 + 1e-12;
    }

    // N = len(F); n = lambda a: (a[0] ** 2 + a[1] ** 2) ** .5; d = lambda a, b: n((a[0] - b[0], a[1] - b[1]))
    // python3: a = sorted(range(N), key=lambda i: n(F[i])); n1 = int(N * (1 - kept)); rest = sorted(a[n1:])
    // print(a[:n1] + sorted(rest, key=lambda i: sum(d(F[i], F[j]) for j in rest)), n1 + int(N * distance))
    @ParameterizedTest
    @CsvSource({
        "0.7,  0.1,  0 9 4 2 7 6 1 5 8 3, 4",
        "0.9,  0.3,  4 2 0 7 9 1 6 5 8 3, 3",
        "1.0,  0.4,  4 2 0 7 9 1 6 5 8 3, 4",
        "0.75, 0.25, 0 9 2 7 4 1 6 5 8 3, 4",
        "0.6,  0.29, 0 9 4 1 2 7 6 5 8 3, 6"
    })
    void filters_go_by_length_and_then_by_distance_among_the_rest(
            double kept, double distance, String order, int pruned) {
        NormDistanceMix mix = new NormDistanceMix(kept, distance);

        double[] scores = mix.score(TEN).toDoubleVector();

        assertThat(IntStream.range(0, 10).boxed().sorted(Comparator.comparingDouble(i -> scores[i])))
                .extracting(String::valueOf)
                .containsExactly(order.split(" "));
        assertThat(mix.pruned(10)).isEqualTo(pruned);
    }

    @Test
    void its_name_tells_both_fractions() {
        assertThat(criterion().name()).isEqualTo("norm-distance-mix(0.7, 0.1)");
    }

    @Test
    void scores_are_places() {
        assertThat(new NormDistanceMix(1, 0.4).score(Filters.five()).toDoubleVector())
                .containsExactly(0.4, 0.6, 0.2, 0.8, 0);
    }

    // python3: int(16 * (1 - .7)) + int(16 * .1), int(64 * (1 - .7)) + int(64 * .1), int(10 * (1 - .9)), int(20 * (1 -
    // .9))
    @Test
    void counts_are_cut_off_not_rounded() {
        assertThat(new NormDistanceMix(0.7, 0.1).pruned(16)).isEqualTo(5);
        assertThat(new NormDistanceMix(0.7, 0.1).pruned(64)).isEqualTo(25);
        assertThat(new NormDistanceMix(0.9, 0).pruned(10)).isEqualTo(0);
        assertThat(new NormDistanceMix(0.9, 0).pruned(20)).isEqualTo(1);
    }

    @Test
    void fractions_that_leave_nothing_are_refused() {
        assertThatThrownBy(() -> new NormDistanceMix(0.4, 0.4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("distancePruned must be in [0, normKept = 0.4), got 0.4");
        assertThatThrownBy(() -> new NormDistanceMix(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NormDistanceMix(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("normKept must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> new NormDistanceMix(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
