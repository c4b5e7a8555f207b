package io.github.dl4jprune.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.storage.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void half_of_the_channels_go_from_the_network_that_comes_along() throws IOException {
        Path out = folder.resolve("small.zip");

        JsonNode json = Ran.of("demo", "--examples", 64, "--epochs", 1, "--out", out, "--json", "-")
                .json();

        assertThat(json.get("before").get("accuracy").asDouble()).isGreaterThan(0.85);
        assertThat(json.get("before").get("parameters").asLong()).isEqualTo(138_554);
        assertThat(json.get("after").get("macs").asLong())
                .isLessThan(json.get("before").get("macs").asLong() / 3);
        assertThat(json.get("after").get("bytes").asLong())
                .isLessThan(json.get("before").get("bytes").asLong() / 3);
        assertThat(json.get("verification").get("examples").asInt()).isEqualTo(64);
        MultiLayerNetwork small = (MultiLayerNetwork) ModelFile.read(out).network();
        assertThat(small.getLayer("conv1").getParam("W").size(0)).isEqualTo(8);
        int trained = ((MultiLayerNetwork) BundledModel.VGG_SMALL.read().network()).getEpochCount();
        assertThat(small.getEpochCount()).isEqualTo(trained + 1);
    }

    @Test
    void the_table_compares_before_and_after() {
        Ran ran = Ran.of("demo", "--examples", 16, "--epochs", 0);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains("proof: masked and shrunk network differ by")
                .contains("test accuracy")
                .contains("138,554")
                .contains("times as fast");
    }

    @Test
    void other_data_have_no_network() {
        Ran.of("demo", "--data", "mnist:" + folder)
                .refused("dl4j-prune: demo has networks for embedded and cifar10:DIR, got \"mnist:" + folder + "\"");
    }
}
