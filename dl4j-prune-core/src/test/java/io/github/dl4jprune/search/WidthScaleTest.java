package io.github.dl4jprune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WidthScaleTest {
    @Test
    void tenths_keep_as_many_tenths_as_the_entry_says() {
        assertThat(WidthScale.tenths().sparsities()).containsExactly(0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0);
    }

    @Test
    void the_31_widths_of_metapruning_go_from_a_tenth_to_all_by_steps_of_three_hundredths() {
        WidthScale scale = WidthScale.even(0.1, 31);

        assertThat(scale.levels()).isEqualTo(31);
        assertThat(scale.sparsities()).startsWith(0.9, 0.87, 0.84).endsWith(0.06, 0.03, 0.0);
        assertThat(scale.sparsity(11)).isEqualTo(0.6);
    }

    @Test
    void scales_that_do_not_fall_are_refused() {
        assertThatThrownBy(() -> new WidthScale(List.of(0.5, 0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("width scale: sparsities must fall and be in [0, 1), got 0.5 after 0.5");
        assertThatThrownBy(() -> new WidthScale(List.of(1.0))).hasMessageContaining("got 1.0 after 1.0");
        assertThatThrownBy(() -> new WidthScale(List.of()))
                .hasMessage("width scale must have at least one sparsity, got none");
        assertThatThrownBy(() -> WidthScale.even(0, 3)).hasMessage("least width must be in (0, 1), got 0.0");
        assertThatThrownBy(() -> WidthScale.even(0.5, 1)).hasMessage("width levels must be at least 2, got 1");
    }
}
