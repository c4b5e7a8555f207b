package io.github.dl4jprune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SensitivityCurvesTest {
    private static final SensitivitySubject STEADY = new SensitivitySubject("steady", "steady");
    private static final SensitivitySubject NOISY = new SensitivitySubject("noisy", "noisy");

    private final SensitivityCurves curves = new SensitivityCurves(
            new Quality(0.5, 0.9),
            List.of(
                    new SensitivityPoint(STEADY, 0.4, new Quality(0.7, 0.8)),
                    new SensitivityPoint(STEADY, 0.2, new Quality(0.6, 0.85)),
                    new SensitivityPoint(NOISY, 0.2, new Quality(1.5, 0.5)),
                    new SensitivityPoint(NOISY, 0.4, new Quality(1.2, 0.6))));

    @Test
    void a_loss_is_what_the_whole_network_had_more() {
        assertThat(curves.accuracyLost(STEADY, 0.4)).isCloseTo(0.1, within(1e-15));
        assertThat(curves.lossAdded(STEADY, 0.2)).isCloseTo(0.1, within(1e-15));
    }

    @Test
    void nothing_is_lost_before_the_first_point() {
        assertThat(curves.accuracyLost(NOISY, 0.1)).isZero();
        assertThat(curves.lossAdded(NOISY, 0.1)).isZero();
    }

    @Test
    void quality_never_comes_back_as_sparsity_grows() {
        assertThat(curves.accuracyLost(NOISY, 0.4)).isCloseTo(0.4, within(1e-15));
        assertThat(curves.lossAdded(NOISY, 0.4)).isCloseTo(1.0, within(1e-15));
    }

    @Test
    void a_gain_is_no_loss() {
        SensitivityCurves better = new SensitivityCurves(
                new Quality(0.5, 0.9), List.of(new SensitivityPoint(STEADY, 0.1, new Quality(0.4, 0.95))));

        assertThat(better.accuracyLost(STEADY, 0.1)).isZero();
        assertThat(better.lossAdded(STEADY, 0.1)).isZero();
    }

    @Test
    void the_most_sensitive_subject_comes_first() {
        assertThat(curves.mostSensitiveFirst(0.2)).containsExactly(NOISY, STEADY);
        assertThat(curves.points()).extracting(SensitivityPoint::sparsity).containsExactly(0.2, 0.4, 0.2, 0.4);
    }

    @Test
    void a_subject_without_a_curve_is_refused() {
        assertThatThrownBy(() -> curves.sparsities(new SensitivitySubject("other", "other")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("group \"other\" must have a curve");
    }
}
