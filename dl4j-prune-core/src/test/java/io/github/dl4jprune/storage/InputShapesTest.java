package io.github.dl4jprune.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InputShapesTest {
    @Test
    void a_batch_has_its_examples_first() {
        InputShapes shapes = InputShapes.of(new long[] {3, 32, 32}, new long[] {7, -1});

        assertThat(shapes.batch(0, 16)).containsExactly(16, 3, 32, 32);
        assertThat(shapes.shape(1)).containsExactly(7, -1);
        assertThat(shapes.known()).isTrue();
    }

    @Test
    void sizes_must_be_positive_or_free() {
        assertThatThrownBy(() -> InputShapes.of(new long[] {3, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("input shape must have sizes >= 1 (or -1: free), got [3, 0]");
    }
}
