package io.github.dl4jprune.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model file that cannot be read or written; the message is one line that names the file and what is wrong with it. */
public final class ModelFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ModelFileException(Path file, String rule) {
        this(file, rule, null);
    }

    ModelFileException(Path file, String rule, @Nullable Throwable cause) {
        super(("model file \"" + file + "\" " + rule).replaceAll("\\s+", " "), cause);
    }
}
