package io.github.dl4jprune.cli.input;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.cost.BatchMemory;
import org.junit.jupiter.api.Test;

class BatchTest {
    // 2^28 values an example: seven fill a Java array, and 1 GiB each of a heap of less than 8 GiB
    private final BatchMemory memory = new BatchMemory(1 << 28, 1);

    @Test
    void what_does_not_fit_into_memory_is_refused_with_the_limit() {
        assertThatThrownBy(() -> new Batch("--batch", 100).require(memory, 50_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--batch must be at most %d, or memory is too small for this network"
                                .formatted(memory.largestBatch())
                        + " (DL4J_PRUNE_OPTS=-Xmx8g allows more), got 100");
    }

    @Test
    void a_batch_is_never_larger_than_what_there_is() {
        assertThatCode(() -> new Batch("--batch", Integer.MAX_VALUE).require(memory, 0))
                .doesNotThrowAnyException();
    }

    @Test
    void an_example_at_least() {
        assertThatThrownBy(() -> new Batch("--batch", 0)).hasMessage("--batch must be >= 1, got 0");
    }
}
