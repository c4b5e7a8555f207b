package io.github.dl4jprune.models;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real data and published weights, which lie outside the repository. */
final class Shared {
    private Shared() {}

    /** A file below the folder that -Ddl4jprune.shared names; the test is skipped where there is none. */
    static Path file(String relative) {
        Path file = Path.of(System.getProperty("dl4jprune.shared", "missing"), relative);
        if (!Files.exists(file)) {
            Assumptions.abort("needs " + relative + " below the folder that -Ddl4jprune.shared names");
        }
        return file;
    }

    static Path weights(String name) {
        return file("weights/" + name);
    }
}
