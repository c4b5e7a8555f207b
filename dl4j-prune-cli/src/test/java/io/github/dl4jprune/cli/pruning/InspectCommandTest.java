package io.github.dl4jprune.cli.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.databind.JsonNode;

class InspectCommandTest {
    @TempDir
    private Path folder;

    @Test
    void layers_groups_and_costs_are_listed() throws IOException {
        Path model = Samples.model(folder.resolve("model.zip"));

        JsonNode json = Ran.of("inspect", model, "--json", "-").json();

        assertThat(json.get("network").asText()).isEqualTo("MultiLayerNetwork");
        assertThat(json.get("inputShapes").toString()).isEqualTo("[[3,32,32]]");
        assertThat(json.get("inputOrigin").asText()).isEqualTo("GIVEN");
        // conv1 3 * 3 * 3 * 8 + 8, gamma and beta of 8, conv2 3 * 3 * 8 * 6 + 6, output 6 * 10 + 10
        assertThat(json.get("parameters").asLong()).isEqualTo(224 + 16 + 438 + 70);
        assertThat(StreamSupport.stream(json.get("layers").spliterator(), false)
                        .mapToLong(layer -> layer.get("parameters").asLong()))
                .as("layers add up to the total")
                .containsExactly(224L, 16L, 438L, 0L, 70L);
        assertThat(json.get("macs").asLong()).isEqualTo(15_612);
        assertThat(json.get("fixedMacs").asLong()).isZero();
        assertThat(json.get("bytes").asLong()).isEqualTo(Files.size(model));
        assertThat(json.get("groups").toString())
                .isEqualTo("[{\"name\":\"conv1\",\"layers\":[\"conv1\"],\"width\":8},"
                        + "{\"name\":\"conv2\",\"layers\":[\"conv2\"],\"width\":6}]");
        assertThat(json.get("unprunable").get(0).get("layer").asText()).isEqualTo("output");
        assertThat(json.get("unprunable").get(0).get("reason").asText()).isEqualTo("NETWORK_OUTPUT");
        assertThat(json.get("layers")).hasSize(5);
        assertThat(json.get("layers").get(1).toString())
                .isEqualTo("{\"name\":\"bn1\",\"type\":\"BatchNormalization\",\"channels\":8,\"parameters\":16,"
                        + "\"macs\":0,\"group\":\"conv1\",\"pinned\":\"\"}");
    }

    @Test
    void a_model_of_plain_dl4j_is_read_for_its_input() throws IOException {
        Path model = folder.resolve("plain.zip");
        ModelSerializer.writeModel(Samples.network(DataType.DOUBLE, CNN2DFormat.NHWC), model.toFile(), true);

        Ran ran = Ran.of("inspect", model, "--input-shape", "48,48,3");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("MultiLayerNetwork, DOUBLE, input [48, 48, 3] (given)");
    }
}
