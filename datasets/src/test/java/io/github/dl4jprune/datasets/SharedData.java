package io.github.dl4jprune.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The real data sets, for the tests that need them. */
final class SharedData {
    private SharedData() {}

    static Path cifar10() {
        return folder("data/cifar-10-batches-bin");
    }

    static Path mnist() {
        return folder("data/mnist");
    }

    private static Path folder(String name) {
        Path folder =
                Path.of(System.getProperty("dl4jprune.shared", "../shared")).resolve(name);
        if (!Files.isDirectory(folder)) {
            Assumptions.abort("needs " + name + " below -Ddl4jprune.shared=DIR");
        }
        return folder;
    }
}
