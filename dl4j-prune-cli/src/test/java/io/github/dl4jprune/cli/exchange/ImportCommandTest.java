package io.github.dl4jprune.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

class ImportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void published_arrays_become_a_model_file_that_knows_its_input() {
        Path weights = Path.of(System.getProperty("dl4jprune.shared"), "weights", "lenet5_mnist.npz");
        if (!Files.exists(weights)) {
            Assumptions.abort("needs " + weights + " (-Ddl4jprune.shared=DIR)");
        }
        Path out = folder.resolve("lenet.zip");

        JsonNode json = Ran.of("import", weights, "--architecture", "lenet5", "--out", out, "--json", "-")
                .json();

        SavedModel model = ModelFile.read(out);
        assertThat(model.inputShapes().shapes()).containsExactly(List.of(1L, 28L, 28L));
        assertThat(model.normalizer()).isNotNull();
        assertThat(json.get("parameters").asLong()).isEqualTo(model.network().numParams());
    }

    @Test
    void arrays_need_an_architecture() {
        Ran ran = Ran.of("import", "weights.npz", "--out", folder.resolve("out.zip"));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith(
                        "dl4j-prune: \"weights.npz\" holds arrays without a network: --architecture must name one of"
                                + " resnet20, resnet32");
    }

    @Test
    void an_unknown_architecture() {
        Ran ran = Ran.of("import", "weights.npz", "--architecture", "resnet21", "--out", folder.resolve("out.zip"));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("\"resnet21\"").contains("resnet20");
    }

    @Test
    void a_file_that_is_not_there() {
        Path missing = folder.resolve("none.npz");

        Ran.of("import", missing, "--architecture", "resnet20", "--out", folder.resolve("out.zip"))
                .refused("dl4j-prune: file \"" + missing + "\" does not exist");
    }

    @Test
    void a_folder_is_refused_by_its_name() throws IOException {
        Path h5 = Files.createDirectory(folder.resolve("model.h5"));

        Ran.of("import", h5, "--out", folder.resolve("out.zip"))
                .refused("dl4j-prune: import reads .npz and .h5 files, got the folder \"" + h5 + "\"");
    }

    @Test
    void a_file_of_another_kind() throws IOException {
        Path file = Files.writeString(folder.resolve("weights.npz"), "hello");
        Path out = folder.resolve("out.zip");

        Ran ran = Ran.of("import", file, "--architecture", "resnet20", "--out", out);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains(file.toString());
        assertThat(out).doesNotExist();
        Ran.of("import", "weights.pt", "--out", out)
                .refused("dl4j-prune: import reads .npz and .h5 files, got \"weights.pt\"");
    }
}
