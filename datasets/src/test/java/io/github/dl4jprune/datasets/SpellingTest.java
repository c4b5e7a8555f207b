package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    @Test
    void distance_counts_single_letter_edits() {
        assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Spelling.distance("", "abc")).isEqualTo(3);
        assertThat(Spelling.distance("abc", "")).isEqualTo(3);
        assertThat(Spelling.distance("same", "same")).isZero();
        assertThat(Spelling.distance("mnist", "minst")).isEqualTo(1);
    }

    @Test
    void an_abbreviation_is_completed() {
        assertThat(Spelling.nearest("valid", List.of("train", "validation"))).contains("validation");
    }

    @Test
    void nearest_is_the_first_of_equals() {
        assertThat(Spelling.nearest("trail", List.of("test", "trail1", "trail2")))
                .contains("trail1");
    }

    @Test
    void far_off_names_are_not_suggested() {
        assertThat(Spelling.nearest("", List.of("train", "test"))).isEmpty();
        assertThat(Spelling.nearest("b", List.of("a", "c"))).isEmpty();
        assertThat(Spelling.hint("kitchen", List.of("train", "test"))).isEmpty();
        assertThat(Spelling.hint("tset", List.of("train", "test"))).isEqualTo("; did you mean \"test\"?");
    }
}
