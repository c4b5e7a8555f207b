package io.github.dl4jprune.cli.compression;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import io.github.dl4jprune.storage.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

class CompressCommandTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path out;
    private Path config;

    @BeforeEach
    void a_model() {
        model = Samples.model(folder.resolve("model.zip"));
        out = folder.resolve("small.dl4c");
        config = folder.resolve("compress.yaml");
    }

    @Test
    void the_json_has_the_sizes_of_every_stage() throws IOException {
        JsonNode json = Ran.of("compress", model, "--out", out, "--conv-bits", 2, "--json", "-")
                .json();

        long values = ModelFile.read(model).network().numParams();
        JsonNode bytes = json.get("bytes");
        assertThat(bytes.get("dense").asLong()).isEqualTo(4 * values);
        assertThat(bytes.get("pruned").asLong()).isEqualTo(4 * values);
        assertThat(bytes.get("shared").asLong()).isLessThan(2 * values);
        assertThat(bytes.get("encoded").asLong()).isEqualTo(Files.size(out));
        assertThat(json.get("ratio").asDouble()).isEqualTo(4.0 * values / Files.size(out));
        assertThat(json.get("layers").get(1).get("layer").asText()).isEqualTo("conv1");
        assertThat(json.get("layers").get(1).get("centroids").asInt()).isEqualTo(4);
        assertThat(Ran.of("inspect", out, "--json", "-").json().get("layers")).isEqualTo(json.get("layers"));
    }

    @Test
    void decompress_gives_a_model_that_plain_dl4j_opens_and_that_compresses_to_the_same_bytes() throws IOException {
        Path back = folder.resolve("back.zip");
        Path again = folder.resolve("again.dl4c");

        Ran.of("compress", model, "--out", out, "--conv-bits", 4);
        assertThat(Ran.of("decompress", out, "--out", back).exitCode()).isZero();
        Ran.of("compress", back, "--out", again, "--conv-bits", 4);

        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(back.toFile());
        assertThat(restored.getLayerWiseConfigurations())
                .isEqualTo(((MultiLayerNetwork) ModelFile.read(model).network()).getLayerWiseConfigurations());
        assertThat(again).hasSameBinaryContentAs(out);
    }

    @Test
    void a_configuration_prunes_and_retrains() throws IOException {
        Files.writeString(config, """
                prune:
                  keep: {conv1: 0.25}
                  quality: {conv2: 1}
                  epochs: 1
                share:
                  layers: {conv2: 3}
                  centroids: half
                retrain: {epochs: 1, learningRate: 1e-4}
                batch: 9
                """);
        String data = "cifar10:" + Samples.cifar(folder.resolve("data"));

        JsonNode json = Ran.of("compress", model, "--config", config, "--data", data, "--out", out, "--json", "-")
                .json();

        JsonNode conv1 = json.get("layers").get(1);
        assertThat(conv1.get("survivors").asInt()).isEqualTo(8 * 3 * 9 / 4);
        assertThat(conv1.get("gapBits").asInt()).isPositive();
        JsonNode conv2 = json.get("layers").get(7);
        assertThat(conv2.get("layer").asText() + conv2.get("parameter").asText())
                .isEqualTo("conv2W");
        assertThat(conv2.get("centroids").asInt()).isEqualTo(8);
        assertThat(conv2.get("survivors").asInt()).isBetween(1, 200);
    }

    @Test
    void configurations_are_checked_before_any_work() throws IOException {
        String place = "dl4j-prune: configuration \"" + config + "\": ";
        Files.writeString(config, "prunes: {}");
        Ran.of("compress", model, "--config", config, "--out", out)
                .refused(place + "prunes is unknown, did you mean \"prune\"?");
        Files.writeString(config, "{\"prune\": {\"keep\": {\"conv1\": 1.5}}}");
        Ran.of("compress", model, "--config", config, "--out", out)
                .refused(place + "prune.keep.conv1: keep ratio must be in (0, 1], got 1.5");
        Files.writeString(config, "share: {method: optimal}");
        Ran.of("compress", model, "--config", config, "--out", out)
                .refused(place + "share.method must be one of lloyd exact, got \"optimal\"");
        Files.writeString(config, "prune: {kep: {conv1: 0.5}, epochs: 1}");
        Ran.of("compress", model, "--config", config, "--out", out)
                .refused(place + "prune.kep is unknown, did you mean \"keep\"?");
        Files.writeString(config, "prune: {keep: {conv1: 0.5}, epoch: 1}");
        Ran.of("compress", model, "--config", config, "--out", out)
                .refused(place + "prune.epoch is unknown, did you mean \"epochs\"?");
        Files.writeString(config, "retrain: {epochs: 1}");
        Ran.of("compress", model, "--config", config, "--out", out)
                .refused("dl4j-prune: the keys prune and retrain need --data");
        Ran.of("compress", model, "--out", out, "--conv-bits", 13)
                .refused("dl4j-prune: convolution bits must be in [1, 12], got 13");
        assertThat(out).doesNotExist();
    }

    @Test
    void keys_without_effect_are_refused() throws IOException {
        String place = "dl4j-prune: configuration \"" + config + "\": ";
        Map<String, String> refused = Map.of(
                "share: {initialization: density}",
                "share.initialization has no effect with share.method exact: it belongs to lloyd",
                "share: {method: lloyd, seed: 3}",
                "share.seed has no effect without share.method lloyd and share.initialization random");
        for (Map.Entry<String, String> entry : refused.entrySet()) {
            Files.writeString(config, entry.getKey());

            Ran.of("compress", model, "--config", config, "--out", out).refused(place + entry.getValue());
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void keys_of_a_training_that_does_not_take_place_are_told_of() throws IOException {
        Files.writeString(config, "{share: {centroids: half}, batch: 64, seed: 2}");

        Ran ran = Ran.of("compress", model, "--config", config, "--out", out);

        String place = "dl4j-prune: configuration \"" + config + "\": ";
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err().lines())
                .containsExactly(
                        place + "batch has no effect without prune or retrain: nothing is trained",
                        place + "seed has no effect without prune or retrain: nothing is trained");
    }

    @Test
    void a_damaged_file_is_refused_with_its_section() throws IOException {
        Ran.of("compress", model, "--out", out);
        byte[] bytes = Files.readAllBytes(out);
        bytes[bytes.length - 9] ^= 1;
        Files.write(out, bytes);

        Ran.of("decompress", out, "--out", folder.resolve("back.zip"))
                .refused("dl4j-prune: compressed file \"" + out + "\": section 6 of 6 has a wrong checksum");
        Ran.of("decompress", model, "--out", folder.resolve("back.zip"))
                .refused("dl4j-prune: compressed file \"" + model
                        + "\": header must begin with the bytes 89 44 4c 34 43 0d 0a 1a: this is no compressed model");
    }
}
