package io.github.dl4jprune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormStatisticsTest {
    @Test
    void moments_are_those_of_the_norms() {
        NormStatistics statistics = NormStatistics.of("conv", new double[] {0, 1, 2, 5});

        assertThat(statistics.filters()).isEqualTo(4);
        assertThat(statistics.minimum()).isZero();
        assertThat(statistics.mean()).isEqualTo(2);
        assertThat(statistics.maximum()).isEqualTo(5);
        assertThat(statistics.deviation()).isCloseTo(Math.sqrt(14.0 / 4), within(1e-15));
    }

    @Test
    void every_norm_is_in_one_bin_and_the_largest_in_the_last() {
        NormStatistics statistics = NormStatistics.of("conv", new double[] {0, 1, 2, 5});

        assertThat(statistics.histogram()).hasSize(NormStatistics.BINS);
        assertThat(statistics.histogram().get(0)).isEqualTo(1);
        assertThat(statistics.histogram().get(4)).isEqualTo(1);
        assertThat(statistics.histogram().get(8)).isEqualTo(1);
        assertThat(statistics.histogram().get(19)).isEqualTo(1);
    }

    @Test
    void wide_norms_that_reach_zero_are_trusted() {
        NormStatistics statistics = NormStatistics.of("conv", new double[] {0.01, 1, 2, 5});

        assertThat(statistics.trusted()).isTrue();
        assertThat(statistics.verdict()).startsWith("small norms mean unimportant filters");
    }

    @Test
    void norms_that_are_all_alike_are_not_trusted() {
        NormStatistics statistics = NormStatistics.of("conv", new double[] {1, 1.01, 0.99});

        assertThat(statistics.trusted()).isFalse();
        assertThat(statistics.verdict())
                .isEqualTo("do not trust a norm here: deviation 0.01 of the mean, too narrow; smallest norm 0.99 of the"
                        + " mean, not near zero");
    }

    @Test
    void wide_norms_far_from_zero_are_not_trusted() {
        NormStatistics statistics = NormStatistics.of("conv", new double[] {1, 2, 5});

        assertThat(statistics.trusted()).isFalse();
        assertThat(statistics.verdict()).contains("not near zero").doesNotContain("narrow");
    }

    @Test
    void a_layer_of_zeros_has_statistics_too() {
        NormStatistics statistics = NormStatistics.of("conv", new double[] {0, 0});

        assertThat(statistics.histogram().get(0)).isEqualTo(2);
        assertThat(statistics.verdict()).isNotEmpty();
    }

    @Test
    void a_layer_without_filters_has_none() {
        assertThatThrownBy(() -> NormStatistics.of("conv", new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"conv\" must have at least one filter");
    }
}
