package io.github.dl4jprune.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

class BenchCommandTest {
    @TempDir
    private Path folder;

    @Test
    void models_are_timed_side_by_side() {
        Path model = Samples.model(folder.resolve("model.zip"));

        JsonNode json = Ran.of("bench", model, model, "--batch", 2, "--rounds", 3, "--json", "-")
                .json();

        JsonNode second = json.get("models").get(1);
        assertThat(second.get("model").asText()).isEqualTo(model.toString());
        assertThat(second.get("batch").asInt()).isEqualTo(2);
        assertThat(second.get("medianMillis").asDouble()).isPositive();
        assertThat(second.get("examplesPerSecond").asDouble())
                .isEqualTo(2000 / second.get("medianMillis").asDouble());
        // conv1 8x8 outputs: 3 * 3 * 3 * 8 * 64; conv2 2x2 outputs: 3 * 3 * 8 * 6 * 4; output: 6 * 10
        assertThat(second.get("macs").asLong()).isEqualTo(13_824 + 1_728 + 60);
        assertThat(second.get("speedup").asDouble())
                .isEqualTo(json.get("models").get(0).get("medianMillis").asDouble()
                        / second.get("medianMillis").asDouble());
    }

    @Test
    void the_table_has_a_line_for_each_model() {
        Path model = Samples.model(folder.resolve("model.zip"));

        Ran ran = Ran.of("bench", model, "--rounds", 1, "--input-shape", "3,64,64");

        // 16x16, then 4x4 outputs
        assertThat(ran.out()).contains(model.toString()).contains("62,268");
    }

    @Test
    void an_onnx_model_stands_beside_the_one_it_came_from() {
        Path model = Samples.model(folder.resolve("model.zip"));
        Path exported = folder.resolve("model.onnx");
        Ran.of("export", model, "--out", exported);

        JsonNode models = Ran.of("bench", model, exported, "--rounds", 1, "--json", "-")
                .json()
                .get("models");

        assertThat(models.get(0).get("runtime").asText()).isEqualTo("DL4J");
        assertThat(models.get(1).get("runtime").asText()).isEqualTo("ONNX Runtime");
        assertThat(models.get(1).get("macs")).isEqualTo(models.get(0).get("macs"));
        assertThat(models.get(1).get("medianMillis").asDouble()).isPositive();
    }

    @Test
    void other_files_are_refused() {
        Ran.of("bench", "model.pt").refused("dl4j-prune: bench takes .zip and .onnx files, got \"model.pt\"");
    }

    @Test
    void numbers_must_be_positive() {
        Ran.of("bench", "model.zip", "--batch", 0).refused("dl4j-prune: --batch must be >= 1, got 0");
        Ran.of("bench", "model.zip", "--rounds", -2).refused("dl4j-prune: --rounds must be in [1, 1000000], got -2");
    }

    @Test
    void a_batch_beyond_all_memory() {
        Path model = Samples.model(folder.resolve("model.zip"));
        Path exported = folder.resolve("model.onnx");
        Ran.of("export", model, "--out", exported);

        for (Path each : List.of(model, exported)) {
            Ran ran = Ran.of("bench", each, "--batch", Integer.MAX_VALUE);

            // a Java array holds 2^31 - 1 values, 3 x 32 x 32 of them an image; the heap may hold fewer
            assertThat(ran.err())
                    .matches("dl4j-prune: --batch must be at most \\d{3,6}, or memory is too small for this network"
                            + " \\(DL4J_PRUNE_OPTS=-Xmx8g allows more\\), got 2147483647\\R");
            assertThat(ran.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void more_rounds_than_can_be_kept() {
        Ran.of("bench", "model.zip", "--rounds", Integer.MAX_VALUE)
                .refused("dl4j-prune: --rounds must be in [1, 1000000], got 2147483647");
    }

    @Test
    void an_input_shape_that_is_none() {
        Path model = Samples.model(folder.resolve("model.zip"));

        Ran.of("bench", model, "--input-shape", "3x32x32")
                .refused("dl4j-prune: --input-shape must be sizes between commas, such as 3,32,32, got \"3x32x32\"");
    }
}
