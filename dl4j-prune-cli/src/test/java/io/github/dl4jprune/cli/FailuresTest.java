package io.github.dl4jprune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.surgery.Verification;
import io.github.dl4jprune.surgery.VerificationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void a_rule_of_ours_is_bad_input() {
        IllegalArgumentException failure = new IllegalArgumentException("sparsity must be in [0, 1),\n got 2");

        assertThat(Failures.exitCode(failure)).isEqualTo(2);
        assertThat(Failures.line(failure)).isEqualTo("dl4j-prune: sparsity must be in [0, 1), got 2");
    }

    @Test
    void the_same_exception_out_of_a_library_is_a_bug() {
        IllegalArgumentException failure = new IllegalArgumentException("newLimit > capacity");
        failure.setStackTrace(
                new StackTraceElement[] {new StackTraceElement("java.nio.Buffer", "limit", "Buffer.java", 385)});

        assertThat(Failures.exitCode(failure)).isEqualTo(70);
        assertThat(Failures.line(failure))
                .isEqualTo("dl4j-prune: this is a bug in dl4j-prune: java.lang.IllegalArgumentException:"
                        + " newLimit > capacity (at java.nio.Buffer.limit(Buffer.java:385))");
    }

    @Test
    void what_dl4j_says_of_unfit_input_is_bad_input() {
        assertThat(Failures.exitCode(new DL4JInvalidInputException("input must have 3 channels")))
                .isEqualTo(2);
    }

    @Test
    void a_failed_proof_has_its_own_exit_code() {
        VerificationException failure = new VerificationException(new Verification(0.5, 1e-4, 8));

        assertThat(Failures.exitCode(failure)).isEqualTo(1);
        assertThat(Failures.line(failure))
                .isEqualTo("dl4j-prune: masked and shrunk network must agree within 1.0E-4, got a difference of 0.5"
                        + " over 8 examples");
    }

    @Test
    void failures_of_files_name_the_file() {
        List<IOException> failures = List.of(
                new NoSuchFileException("a.npz"),
                new AccessDeniedException("a.npz"),
                new IOException("Input/output error"));

        assertThat(failures.stream().map(UncheckedIOException::new).map(Failures::line))
                .containsExactly(
                        "dl4j-prune: file \"a.npz\" does not exist",
                        "dl4j-prune: file \"a.npz\" cannot be used: AccessDeniedException",
                        "dl4j-prune: Input/output error");
        assertThat(Failures.exitCode(failures.get(0))).isEqualTo(2);
    }

    @Test
    void too_little_memory_is_said_to_be_that() {
        assertThat(Failures.line(new OutOfMemoryError("Java heap space")))
                .startsWith("dl4j-prune: out of memory: Java heap space");
    }
}
