package io.github.dl4jprune.compression;

import java.nio.file.Path;

/** A compressed file that cannot be read; the message is one line that names the file, the section and the rule. */
public final class CompressedFileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    CompressedFileException(Path file, String section, String rule) {
        super(("compressed file \"" + file + "\": " + section + " " + rule).replaceAll("[\\s\\p{Cntrl}]+", " "));
    }
}
