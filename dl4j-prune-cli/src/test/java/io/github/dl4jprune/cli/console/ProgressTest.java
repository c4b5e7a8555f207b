package io.github.dl4jprune.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void a_line_estimates_what_is_left_from_what_was_done() {
        assertThat(Progress.line("finetune", 100, 400, Duration.ofSeconds(30)))
                .isEqualTo("finetune: 100 of 400 (25 %), about 1:30 min left");
    }
}
