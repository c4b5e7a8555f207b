package io.github.dl4jprune.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model file that cannot be read or written; the message is one line that names the file and what is wrong with it. */
public final class ModelFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String rule;

    ModelFileException(Path file, String rule) {
        this(file, rule, null);
    }

    ModelFileException(Path file, String rule, @Nullable Throwable cause) {
        super(oneLine("model file \"" + file + "\" " + rule), cause);
        this.rule = oneLine(rule);
    }

    // names out of a file may hold anything, a terminal's control characters too
    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ");
    }

    /**
     * What is wrong with the file.
     *
     * @return the message without the file's name, to be said of another container of the same entries
     */
    public String rule() {
        return rule;
    }
}
