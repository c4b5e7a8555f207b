package io.github.dl4jprune.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

/** What each method leaves. */
class TrainCommandTest extends TrainingFixture {
    @Test
    void weights_are_pruned_along_the_schedule() throws IOException {
        JsonNode json = train(DYNAMIC);

        assertThat(json.get("epochs")).hasSize(3);
        // conv1 has 216 weights, of which 54 go, conv2 432 and 216
        assertThat(json.get("epochs").get(2).get("sparsity").asDouble()).isEqualTo(270.0 / 648);
        assertThat(json.get("epochs").get(0).get("sparsity").asDouble()).isBetween(0.1, 0.4);
        assertThat(json.get("epochs").get(0).get("validationAccuracy").asDouble())
                .isBetween(0.0, 1.0);
        assertThat(json.get("test").get("accuracy").asDouble()).isBetween(0.0, 1.0);
        MultiLayerNetwork trained = ModelSerializer.restoreMultiLayerNetwork(out.toFile());
        assertThat(zeros(trained.getLayer(0).getParam("W"))).isEqualTo(0.25);
        assertThat(zeros(trained.getLayer(2).getParam("W"))).isEqualTo(0.5);
        assertThat(zeros(trained.getLayer(4).getParam("W"))).isZero();
        assertThat(json.get("parameters").get(0).get("name").asText()).isEqualTo("conv1_W");
        assertThat(json.get("parameters").get(0).get("sparsity").asDouble()).isEqualTo(0.25);
    }

    @Test
    void filters_trained_to_zero_are_cut_out_by_shrink() throws IOException {
        train("{method: soft, criterion: geometric-median, sparsity: 0.5, epochs: 2, batch: 12}");
        Path small = folder.resolve("small.zip");

        JsonNode json = Ran.of("shrink", out, "--out", small, "--json", "-").json();

        MultiLayerNetwork network = (MultiLayerNetwork) ModelFile.read(small).network();
        assertThat(network.getLayer(0).getParam("W").size(0)).isEqualTo(4);
        assertThat(network.getLayer(2).getParam("W").size(0)).isEqualTo(3);
        assertThat(json.get("groups").get(0).get("kept").asInt()).isEqualTo(4);
        assertThat(json.get("after").get("parameters").asLong())
                .isLessThan(json.get("before").get("parameters").asLong());
        assertThat(json.get("verification").get("maxAbsoluteDifference").asDouble())
                .isLessThanOrEqualTo(json.get("verification").get("tolerance").asDouble());
        double wide = Ran.of("evaluate", out, "--data", data, "--json", "-")
                .json()
                .get("loss")
                .asDouble();
        double narrow = Ran.of("evaluate", small, "--data", data, "--json", "-")
                .json()
                .get("loss")
                .asDouble();
        assertThat(narrow).isEqualTo(wide, org.assertj.core.api.Assertions.within(1e-5));
    }

    @Test
    void strip_leaves_nothing_of_ours() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 7);
        Path plain = folder.resolve("plain.zip");

        Ran ran = Ran.of("strip", folder.resolve("a result-checkpoint-7.zip"), "--out", plain);

        assertThat(ran.exitCode()).isZero();
        try (var zip = new java.util.zip.ZipFile(plain.toFile())) {
            assertThat(zip.stream().map(Object::toString)).noneMatch(name -> name.contains("prune"));
        }
        MultiLayerNetwork stripped = ModelSerializer.restoreMultiLayerNetwork(plain.toFile());
        assertThat(stripped.getIterationCount()).isEqualTo(7);
        assertThat(NetworkView.of(stripped).updaterState()).isPresent();
    }

    @Test
    void prune_and_shrink_writes_the_small_network() throws IOException {
        JsonNode json = train("{method: prune-and-shrink, sparsity: 0.5, epochs: 2, batch: 18}");

        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(out.toFile());
        assertThat(network.getLayer(0).getParam("W").size(0)).isEqualTo(4);
        assertThat(network.getLayer(2).getParam("W").size(0)).isEqualTo(3);
        assertThat(json.get("epochs")).hasSize(2);
        assertThat(json.get("epochs").get(0).get("sparsity").asDouble()).isBetween(0.2, 0.3);
        assertThat(json.get("epochs").get(1).get("sparsity").asDouble()).isEqualTo(0.5);
    }

    @Test
    void prune_and_shrink_stops_at_its_multiply_adds() throws IOException {
        train("{method: prune-and-shrink, target: {macs: 0.5}, epochs: 1, batch: 36}");

        JsonNode before = Ran.of("inspect", model, "--json", "-").json();
        JsonNode after = Ran.of("inspect", out, "--json", "-").json();
        assertThat(after.get("macs").asDouble() / before.get("macs").asDouble()).isBetween(0.3, 0.5);
    }

    @Test
    void slimming_prunes_the_smallest_scales_at_the_end() throws IOException {
        JsonNode json = train(
                "{method: slimming, penalty: 0.01, sparsity: 0.5, epochs: 2, batch: 12}", "--checkpoint-every", 4);
        INDArray expected = ModelFile.read(out).network().params();

        MultiLayerNetwork trained = ModelSerializer.restoreMultiLayerNetwork(out.toFile());
        assertThat(zeros(trained.getLayer(1).getParam("gamma"))).isEqualTo(0.5);
        assertThat(zeros(trained.getLayer(0).getParam("W"))).isEqualTo(0.5);
        assertThat(json.get("epochs").get(0).get("sparsity").asDouble()).isZero();
        assertThat(json.get("epochs").get(1).get("sparsity").asDouble()).isEqualTo(0.5);
        train(
                "{method: slimming, penalty: 0.01, sparsity: 0.5, epochs: 2, batch: 12}",
                "--resume",
                folder.resolve("a result-checkpoint-4.zip"));
        assertThat(ModelFile.read(out).network().params()).isEqualTo(expected);
    }

    @Test
    void ista_brings_scales_to_exactly_zero_and_empties_no_layer() throws IOException {
        JsonNode json = train("{method: ista, penalty: 10, epochs: 3, batch: 12, updater: {learningRate: 0.02}}");

        MultiLayerNetwork trained = ModelSerializer.restoreMultiLayerNetwork(out.toFile());
        assertThat(zeros(trained.getLayer(1).getParam("gamma"))).isEqualTo(1.0);
        assertThat(json.get("epochs").get(2).get("sparsity").asDouble()).isEqualTo(0.875);
        assertThat(zeros(trained.getLayer(0).getParam("W"))).isEqualTo(0.875);
    }

    @Test
    void a_static_mask_is_decided_before_training() throws IOException {
        JsonNode json = train("{method: geometric-median, sparsity: 0.5, epochs: 2, batch: 36}");

        assertThat(json.get("epochs"))
                .extracting(epoch -> epoch.get("sparsity").asDouble())
                .containsOnly(0.5);
    }
}
