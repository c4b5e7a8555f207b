package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

/** A model to prune. */
abstract class PruningFixture {
    @TempDir
    Path folder;

    Path model;
    Path out;

    @BeforeEach
    void a_model() {
        model = Samples.model(folder.resolve("model.zip"));
        out = folder.resolve("small.zip");
    }

    JsonNode prune(String... options) {
        return Ran.of(arguments(out, options, "--json", "-")).json();
    }

    Object[] arguments(Path target, String[] options, String... more) {
        return Stream.of(
                        Stream.of("prune", model.toString(), "--out", target.toString()),
                        Stream.of(options),
                        Stream.of(more))
                .flatMap(part -> part)
                .toArray();
    }
}
