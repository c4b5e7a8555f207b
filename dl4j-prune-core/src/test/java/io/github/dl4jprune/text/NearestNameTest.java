package io.github.dl4jprune.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES =
            List.of("l1", "l2", "geometric-median", "geometric-median-l1", "taylor", "apoz", "random");

    @ParameterizedTest
    @CsvSource({
        "tailor, taylor",
        "APOZ, apoz",
        "l3, l1",
        "geometric_median, geometric-median",
        "geometric-median-l2, geometric-median-l1",
        "radnom, random"
    })
    void the_name_the_fewest_edits_away_is_found(String given, String expected) {
        assertThat(NearestName.of(given, NAMES)).contains(expected);
    }

    @Test
    void a_name_that_contains_what_was_typed_comes_before_a_shorter_way() {
        assertThat(NearestName.of("median", NAMES)).contains("geometric-median");
    }

    @Test
    void a_part_of_less_than_three_characters_counts_edits_only() {
        assertThat(NearestName.of("or", List.of("taylor", "l1"))).contains("l1");
    }

    @Test
    void there_is_none_among_no_names() {
        assertThat(NearestName.of("l1", List.of())).isEmpty();
        assertThat(NearestName.hint("l1", List.of())).isEmpty();
    }

    @Test
    void the_hint_ends_an_error_message() {
        assertThat(NearestName.hint("tailor", NAMES)).isEqualTo(", did you mean \"taylor\"?");
    }
}
