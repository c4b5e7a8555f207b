package io.github.dl4jprune.cli.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import io.github.dl4jprune.storage.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

class SketchCommandTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path out;

    @BeforeEach
    void a_model() {
        model = Samples.model(folder.resolve("model.zip"));
        out = folder.resolve("small.zip");
    }

    @Test
    void a_narrower_model_is_written_and_every_group_accounted_for() throws IOException {
        JsonNode json = Ran.of("sketch", model, "--sparsity", 0.5, "--out", out, "--json", "-")
                .json();

        JsonNode first = json.path("groups").path(0);
        assertThat(first.path("treatment").asText()).isEqualTo("SKETCHED");
        assertThat(first.path("kept").asInt()).isEqualTo(first.path("width").asInt() / 2);
        assertThat(json.path("after").path("parameters").asLong())
                .isLessThan(json.path("before").path("parameters").asLong());
        assertThat(json.has("verification")).isFalse();
        assertThat(ModelFile.read(out).network().numParams())
                .isLessThan(ModelFile.read(model).network().numParams());
    }

    @Test
    void people_are_told_that_it_must_be_trained() {
        Ran ran = Ran.of("sketch", model, "--layer", "conv1=0.5", "--out", out);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("sketched", "left alone", "must be trained before it is of use");
    }

    @Test
    void what_cannot_be_is_refused() {
        Ran.of("sketch", model, "--out", out)
                .refused("dl4j-prune: sketch needs --sparsity, a budget (--macs, --parameters), --layer or --ratios");
        Ran.of("sketch", model, "--sparsity", 0.5, "--select-others", "taylor", "--out", out)
                .refused("dl4j-prune: --select-others must be a criterion that looks at no data, got taylor");
        Ran two = Ran.of("sketch", model, "--layer", "conv1=0.2", "--layer", "conv1=0.6", "--out", out);

        two.refused("dl4j-prune sketch: --layer \"conv1\" must have one sparsity, got 0.2 and 0.6");
        assertThat(out).doesNotExist();
    }
}
