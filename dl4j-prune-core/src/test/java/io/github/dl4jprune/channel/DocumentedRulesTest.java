package io.github.dl4jprune.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.testing.Documentation;
import io.github.dl4jprune.testing.Documentation.Excerpt;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of layers that are followed, and of reasons. */
class DocumentedRulesTest {
    private static List<String> phrases(String page) {
        return Documentation.phrases(page).stream().map(Excerpt::text).toList();
    }

    @Test
    void every_layer_and_vertex_with_a_rule_is_listed() {
        List<String> types = Stream.concat(LayerRules.types().stream(), VertexRules.types().stream())
                .map(Class::getSimpleName)
                .toList();

        assertThat(phrases("docs/layers.md")).containsAll(types);
    }

    @Test
    void nothing_without_a_rule_is_listed_as_followed() {
        List<String> types = Stream.concat(LayerRules.types().stream(), VertexRules.types().stream())
                .map(Class::getSimpleName)
                .toList();
        String followed = Documentation.section("docs/layers.md", "## Followed");

        assertThat(Pattern.compile("`([A-Z]\\w+)`").matcher(followed).results())
                .extracting(type -> type.group(1))
                .isSubsetOf(types);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/layers.md"})
    void every_reason_is_explained(String page) {
        List<String> reasons =
                Arrays.stream(PinReason.values()).map(PinReason::name).toList();

        assertThat(phrases(page)).containsAll(reasons);
    }
}
