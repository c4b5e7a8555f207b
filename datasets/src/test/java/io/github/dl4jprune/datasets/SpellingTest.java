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
    }

    @Test
    void an_abbreviation_is_completed() {
        assertThat(Spelling.nearest("valid", List.of("train", "validation"))).isEqualTo("validation");
        assertThat(Spelling.nearest("", List.of("train", "test"))).isEqualTo("test");
    }

    @Test
    void nearest_is_the_first_of_equals() {
        assertThat(Spelling.nearest("b", List.of("a", "c", "abc"))).isEqualTo("a");
    }
}
