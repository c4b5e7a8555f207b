package io.github.dl4jprune.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.JsonNode;

class TrainCommandTest {
    private static final String DYNAMIC = """
            method: dynamic
            granularity: weight
            sparsity: 0.5
            layers: {conv1: 0.25}
            ignore: [output]
            schedule: {type: agp, unit: iteration, every: 2, end: 8}
            epochs: 3
            batch: 8
            augment: crop-flip
            updater: {type: nesterovs, learningRate: 0.02, momentum: 0.9}
            """;

    @TempDir
    private Path folder;

    private Path model;
    private String data;
    private Path out;

    @BeforeEach
    void a_model_and_data() {
        model = Samples.model(folder.resolve("a model.zip"));
        data = "cifar10:" + Samples.cifar(folder.resolve("some data"));
        out = folder.resolve("a result.zip");
    }

    private Path config(String text) throws IOException {
        return Files.writeString(folder.resolve("a config.yaml"), text);
    }

    private JsonNode train(String config, Object... more) throws IOException {
        Object[] arguments = new Object[10 + more.length];
        Object[] first = {"train", model, "--config", config(config), "--data", data, "--out", out, "--json", "-"};
        System.arraycopy(first, 0, arguments, 0, 10);
        System.arraycopy(more, 0, arguments, 10, more.length);
        return Ran.of(arguments).json();
    }

    private static double zeros(INDArray array) {
        return array.eq(0).castTo(array.dataType()).sumNumber().doubleValue() / array.length();
    }

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
    void a_killed_run_ends_as_an_uninterrupted_one() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 1);
        INDArray expected = ModelFile.read(out).network().params();
        // 36 training images in batches of 8: five iterations an epoch
        List<Integer> within = List.of(3, 7, 10, 11);

        for (int iteration : within) {
            Path checkpoint = folder.resolve("a result-checkpoint-" + iteration + ".zip");
            JsonNode json = train(DYNAMIC, "--resume", checkpoint);

            assertThat(ModelFile.read(out).network().params()).isEqualTo(expected);
            assertThat(json.get("epochs")).hasSize(3);
        }
    }

    @Test
    void a_checkpoint_is_a_model_that_plain_dl4j_opens() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 7);

        Path checkpoint = folder.resolve("a result-checkpoint-7.zip");
        assertThat(ModelSerializer.restoreMultiLayerNetwork(checkpoint.toFile()).getIterationCount())
                .isEqualTo(7);
        assertThat(folder.resolve("a result-checkpoint-14.zip")).exists();
        assertThat(folder.resolve("a result-checkpoint-8.zip")).doesNotExist();
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

    @Test
    void bad_configurations_are_refused_before_any_work() throws IOException {
        Path config = config("method: static\nsparsity: 1.5\n");
        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config + "\": sparsity must be in [0, 1), got 1.5");
        config("method: static\nsparsity: 0.5\nbach: 3\n");
        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config + "\": bach is unknown, did you mean \"batch\"?");
        config("method: [static\n");
        assertThat(Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                        .err())
                .startsWith("dl4j-prune: configuration \"" + config + "\" must be YAML or JSON, line ");
        config("method: static\nsparsity: 0.5\nlayers: {conv9: 0.5}\n");
        assertThat(Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                        .err())
                .contains("\"conv9\"")
                .contains("did you mean \"conv");
        assertThat(out).doesNotExist();
    }

    @Test
    void only_a_checkpoint_of_the_same_configuration_goes_on() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 7);
        Path checkpoint = folder.resolve("a result-checkpoint-7.zip");
        Path config = config(DYNAMIC.replace("sparsity: 0.5", "sparsity: 0.6"));

        Ran.of("train", model, "--config", config, "--data", data, "--out", out, "--resume", checkpoint)
                .refused("dl4j-prune: checkpoint \"" + checkpoint
                        + "\" must be of a run with the same configuration: sparsity was 0.5 and is now 0.6");
        Ran.of("train", model, "--config", config, "--data", data, "--out", out, "--resume", model)
                .refused("dl4j-prune: file \"" + model
                        + "\" must be a checkpoint of train, got a model without the state of a run");
    }

    @Test
    void a_checkpoint_without_the_state_of_the_updater_is_refused() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 7);
        Path checkpoint = folder.resolve("a result-checkpoint-7.zip");
        Path robbed = folder.resolve("robbed.zip");
        ModelFile.write(robbed, ModelFile.read(checkpoint), UpdaterState.LEFT_OUT);

        Ran.of("train", model, "--config", config(DYNAMIC), "--data", data, "--out", out, "--resume", robbed)
                .refused("dl4j-prune: checkpoint \"" + robbed
                        + "\" must hold the state of the updater (updaterState.bin), got none");
    }

    @Test
    void a_checkpoint_of_another_model_or_of_other_images_is_refused() throws IOException {
        train(DYNAMIC, "--checkpoint-every", 7);
        Path checkpoint = folder.resolve("a result-checkpoint-7.zip");
        Path others = Samples.cifar(folder.resolve("others"));
        Path batch = others.resolve("data_batch_1.bin");
        byte[] images = Files.readAllBytes(batch);
        images[0] = (byte) ((images[0] + 1) % 10); // another label
        Files.write(batch, images);

        Ran.of("train", out, "--config", config(DYNAMIC), "--data", data, "--out", out, "--resume", checkpoint)
                .refused("dl4j-prune: checkpoint \"" + checkpoint
                        + "\" must be of a run that began with this MODEL, got one of another");
        Ran.of(
                        "train",
                        model,
                        "--config",
                        config(DYNAMIC),
                        "--data",
                        "cifar10:" + others,
                        "--out",
                        out,
                        "--resume",
                        checkpoint)
                .refused("dl4j-prune: checkpoint \"" + checkpoint
                        + "\" must be of a run on these training images, got one on others");
    }

    @Test
    void keys_of_another_method_or_updater_are_refused_and_shared_ones_told_of() throws IOException {
        Path config = config("{method: static, sparsity: 0.5, penalty: 0.1}");
        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config
                        + "\": penalty has no effect with method static: it belongs to slimming, ista");
        assertThat(out).doesNotExist();
        config("{method: static, sparsity: 0.5, epochs: 1, batch: 12, schedule: {type: agp}}");

        Ran ran = Ran.of("train", model, "--config", config, "--data", data, "--out", out);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err())
                .isEqualTo("dl4j-prune: configuration \"" + config
                        + "\": schedule has no effect with method static: it belongs to"
                        + " dynamic, soft, prune-and-shrink" + System.lineSeparator());
    }

    @Test
    void what_follows_a_configuration_is_refused() throws IOException {
        Ran more = Ran.of("train", model, "--config", config(DYNAMIC + " more"), "--data", data, "--out", out);
        Ran second =
                Ran.of("train", model, "--config", config(DYNAMIC + "\n---\nepochs: 3"), "--data", data, "--out", out);

        assertThat(List.of(more.exitCode(), second.exitCode())).containsExactly(2, 2);
        assertThat(more.err()).contains("must be YAML or JSON");
        assertThat(out).doesNotExist();
    }

    @Test
    void values_out_of_range_name_file_and_key() throws IOException {
        refusedConfiguration("{method: static, sparsity: 0.5, epochs: -3}", "epochs must be at least 1, got -3");
        refusedConfiguration(
                "{method: static, sparsity: 0.5, updater: {momentum: 2}}",
                "updater.momentum must be in [0, 1), got 2.0");
        refusedConfiguration("{method: static, layers: {conv1: -0.5}}", "layers.conv1 must be in [0, 1), got -0.5");
    }

    @Test
    void more_iterations_than_dl4j_counts() throws IOException {
        Path config = config("{method: static, sparsity: 0.5, epochs: 2147483647, batch: 18}");

        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: epochs must be at most 1073741823 with 2 batches each, got 2147483647");
    }

    private void refusedConfiguration(String text, String rule) throws IOException {
        Path config = config(text);

        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config + "\": " + rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layers: &s {conv1: 0.5} | anchor &s",
                "penalty: *s | alias *s",
                "'<<: *base' | alias *base",
                "sparsity: !!float 0.5 | tag !tag:yaml.org,2002:float"
            })
    void what_yaml_can_do_and_configurations_cannot_is_said_plainly(String line, String found) throws IOException {
        Path config = config("method: static\n" + line + "\n");

        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused(
                        "dl4j-prune: configuration \"" + config + "\", line 2: YAML's anchors, aliases and tags are not"
                                + " supported, write values out; got the " + found);
    }

    @Test
    void a_configuration_must_be_a_file() {
        Ran.of("train", model, "--config", folder, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + folder + "\" must be a file, got a folder");
    }

    @Test
    void a_configuration_that_is_no_text_is_named() throws IOException {
        Path config = folder.resolve("binary.yaml");
        Files.write(config, new byte[] {(byte) 0xff, (byte) 0xfe, 0x31});

        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config + "\" must be text in UTF-8");
    }

    @Test
    void a_page_follows_the_run_and_changes_nothing() throws IOException {
        train(DYNAMIC);
        INDArray expected = ModelFile.read(out).network().params();

        Ran ran = Ran.of("train", model, "--live", "--config", config(DYNAMIC), "--data", data, "--out", out);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).matches("live view at http://127\\.0\\.0\\.1:\\d+/\\R");
        assertThat(ModelFile.read(out).network().params()).isEqualTo(expected);
    }

    @Test
    void a_page_on_a_port_that_is_taken_is_refused_before_any_work() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            Ran.of("train", model, "--config", config(DYNAMIC), "--data", data, "--out", out, "--live", port)
                    .refused("dl4j-prune: port " + port
                            + " must be free for the live view, got: Address already in use");
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void a_page_is_refused_where_no_mask_is_kept() throws IOException {
        Ran.of("train", model, "--config", config("{method: ista}"), "--data", data, "--out", out, "--live")
                .refused("dl4j-prune: method ista keeps no mask that --live could show: leave --live out");
    }
}
