package io.github.dl4jprune.examples.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredRowsTest {
    private static final String HEADER = "criterion,seed,pruned,tuned";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void a_file() {
        file = folder.resolve("rows.csv");
    }

    @Test
    void a_row_is_on_disk_as_soon_as_it_is_measured() throws IOException {
        new MeasuredRows(file, HEADER).row("l1", 1, () -> new double[] {10.5, 90.25});

        assertThat(file).hasContent(HEADER + "\nl1,1,10.5,90.25\n");
    }

    @Test
    void a_row_that_is_on_disk_is_not_measured_again() {
        new MeasuredRows(file, HEADER).row("l1", 1, () -> new double[] {10.5, 90.25});

        double[] row = new MeasuredRows(file, HEADER).row("l1", 1, () -> {
            throw new AssertionError("measured again");
        });

        assertThat(row).containsExactly(10.5, 90.25);
    }

    @Test
    void half_a_line_that_a_killed_run_left_is_measured_again() throws IOException {
        Files.writeString(file, HEADER + "\nl1,1,10.5,90.25\nl2,1,11");

        double[] row = new MeasuredRows(file, HEADER).row("l2", 1, () -> new double[] {12, 91});

        assertThat(row).containsExactly(12, 91);
        assertThat(file).hasContent(HEADER + "\nl1,1,10.5,90.25\nl2,1,12.0,91.0\n");
    }

    @Test
    void the_file_of_another_experiment_is_refused() throws IOException {
        Files.writeString(file, "other\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MeasuredRows(file, HEADER))
                .withMessageEndingWith("rows.csv: the first line must be \"" + HEADER + "\", got \"other\"");
        assertThat(file).hasContent("other\n");
    }

    @Test
    void a_spread_is_mean_and_sample_deviation() {
        assertThat(Spread.of(1, 2, 3, 6)).isEqualTo(new Spread(3, Math.sqrt(14.0 / 3)));
        assertThat(Spread.of(1, 2, 3, 6)).hasToString("3.00 ± 2.16");
        assertThat(Spread.of(7)).hasToString("7.00");
    }
}
