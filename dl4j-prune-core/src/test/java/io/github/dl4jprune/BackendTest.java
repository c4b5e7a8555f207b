package io.github.dl4jprune;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class BackendTest {
    @Test
    void the_backend_loads_and_adds() {
        assertThat(Nd4j.ones(3).sumNumber().doubleValue()).isEqualTo(3.0);
    }
}
