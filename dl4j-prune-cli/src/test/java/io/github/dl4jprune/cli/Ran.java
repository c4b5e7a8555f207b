package io.github.dl4jprune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** A command that ran in this process: its exit code and what it wrote. */
public record Ran(int exitCode, String out, String err) {
    public static Ran of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
        return new Ran(exitCode, out.toString(), err.toString());
    }

    /** The JSON of a run with {@code --json -}: nothing else may be on standard output. */
    public JsonNode json() {
        assertThat(err).isEmpty();
        assertThat(exitCode).isZero();
        try {
            return new ObjectMapper().readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts bad input: exit code 2, exactly this line on standard error, nothing on standard output. */
    public void refused(String line) {
        assertThat(err).isEqualTo(line + System.lineSeparator());
        assertThat(out).isEmpty();
        assertThat(exitCode).isEqualTo(2);
    }
}
