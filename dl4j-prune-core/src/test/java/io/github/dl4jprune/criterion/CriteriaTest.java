package io.github.dl4jprune.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CriteriaTest {
    @Test
    void the_names_are_those_of_the_command_line() {
        assertThat(String.join(" ", Criteria.names()))
                .isEqualTo("l1 l2 geometric-median geometric-median-l1 geometric-median-cosine bn-scale taylor"
                        + " mean-activation apoz random");
    }

    @Test
    void every_criterion_goes_by_its_own_name() {
        for (String name : Criteria.names()) {
            assertThat(Criteria.named(name).name()).isEqualTo(name);
        }
    }

    @Test
    void a_seed_reaches_the_criterion_that_draws_numbers() {
        assertThat(Criteria.named("random", 42)).isEqualTo(new RandomScore(42));
        assertThat(Criteria.named("l1", 42)).isEqualTo(new L1Norm());
    }

    @Test
    void an_unknown_name_is_answered_with_the_nearest() {
        assertThatThrownBy(() -> Criteria.named("geometric-mean"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("criterion must be one of l1 l2 geometric-median geometric-median-l1"
                        + " geometric-median-cosine bn-scale taylor mean-activation apoz random, got"
                        + " \"geometric-mean\", did you mean \"geometric-median\"?");
    }
}
