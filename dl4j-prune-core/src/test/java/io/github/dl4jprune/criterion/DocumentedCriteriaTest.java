package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.testing.Documentation;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentedCriteriaTest {
    private static final String PAGE = "docs/criteria.md";

    static List<String> names() {
        return Criteria.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_criterion_has_a_section(String name) {
        assertThat(Documentation.headings(PAGE)).contains(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_section_says_when_and_when_not(String name) {
        String section = Documentation.section(PAGE, "### `" + name + "`");

        assertThat(section).contains("*When*", "*When not*");
    }
}
