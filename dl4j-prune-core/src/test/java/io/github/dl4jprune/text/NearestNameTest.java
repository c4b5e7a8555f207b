package io.github.dl4jprune.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(NearestName.of("or", List.of("taylor", "of"))).contains("of");
    }

    @ParameterizedTest
    @CsvSource({"geometric, geometric-median", "gometric-median, geometric-median", "tayolr, taylor", "12, l2"})
    void an_edit_for_every_three_characters_is_near(String given, String expected) {
        assertThat(NearestName.of(given, NAMES)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "bn", "tailoring", "magnitude", "apex", "rainbow"})
    void names_that_are_far_off_are_not_suggested(String given) {
        assertThat(NearestName.of(given, NAMES)).isEmpty();
        assertThat(NearestName.hint(given, NAMES)).isEmpty();
    }

    @Test
    void where_none_is_near_they_are_listed_up_to_ten() {
        List<String> many =
                IntStream.rangeClosed(1, 12).mapToObj(i -> "layer" + i).toList();

        assertThat(NearestName.hintOrList("tailor", NAMES)).isEqualTo(", did you mean \"taylor\"?");
        assertThat(NearestName.hintOrList("magnitude", List.of("l1", "l2"))).isEqualTo("; there are l1, l2");
        assertThat(NearestName.hintOrList("convolution", many))
                .isEqualTo(
                        "; there are layer1, layer2, layer3, layer4, layer5, layer6, layer7, layer8, layer9, layer10 and"
                                + " 2 more");
        assertThat(NearestName.hintOrList("l1", List.of())).isEmpty();
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
