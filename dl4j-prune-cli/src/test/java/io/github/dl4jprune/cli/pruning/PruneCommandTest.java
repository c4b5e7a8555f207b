package io.github.dl4jprune.cli.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.shade.jackson.databind.JsonNode;

class PruneCommandTest {
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
    void json_over_the_model_or_over_the_result_is_refused() throws IOException {
        byte[] before = Files.readAllBytes(model);
        Path sameModel = folder.resolve("../" + folder.getFileName() + "/model.zip");

        Ran.of("prune", model, "--criterion", "l2", "--sparsity", 0.5, "--out", out, "--json", sameModel)
                .refused("dl4j-prune: --json must name a file of its own, got that of MODEL, \"" + model + "\"");
        Ran.of("prune", model, "--criterion", "l2", "--sparsity", 0.5, "--out", out, "--json", out)
                .refused("dl4j-prune: --json must name a file of its own, got that of out, \"" + out + "\"");

        assertThat(Files.readAllBytes(model)).isEqualTo(before);
        assertThat(out).doesNotExist();
    }

    @Test
    void two_sparsities_of_one_layer_are_refused_in_options_and_in_ratios() throws IOException {
        Path ratios = folder.resolve("ratios.json");
        Files.writeString(ratios, "{\"conv1\": 0.5, \"conv1\": 0.1}");

        Ran options = Ran.of(
                "prune", model, "--criterion", "l2", "--layer", "conv1=0.2", "--layer", "conv1=0.6", "--out", out);
        Ran file = Ran.of("prune", model, "--criterion", "l2", "--ratios", ratios, "--out", out);

        options.refused("dl4j-prune prune: --layer \"conv1\" must have one sparsity, got 0.2 and 0.6");
        assertThat(file.exitCode()).isEqualTo(2);
        assertThat(file.err()).contains("ratios file \"" + ratios + "\" must be JSON: Duplicate field 'conv1'");
    }

    @Test
    void half_of_the_channels_go_and_the_result_is_a_plain_model() throws IOException {
        byte[] before = Files.readAllBytes(model);

        JsonNode json = prune("--criterion", "l2", "--sparsity", "0.5");

        MultiLayerNetwork small = ModelSerializer.restoreMultiLayerNetwork(out.toFile());
        assertThat(small.getLayer(0).getParam("W").shape()).containsExactly(4, 3, 3, 3);
        assertThat(small.getLayer(2).getParam("W").shape()).containsExactly(3, 4, 3, 3);
        assertThat(json.get("before").get("bytes").asLong()).isEqualTo(before.length);
        assertThat(json.get("after").get("bytes").asLong()).isEqualTo(Files.size(out));
        assertThat(json.get("before").get("macs").asLong()).isEqualTo(15_612);
        assertThat(json.get("after").get("macs").asLong()).isEqualTo(6_912 + 432 + 30);
        assertThat(json.get("after").get("parameters").asLong()).isEqualTo(112 + 8 + 111 + 40);
        assertThat(json.get("after").get("fixedMacs").asLong()).isZero();
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
        assertThat(ModelFile.read(out).inputShapes().shapes()).containsExactly(List.of(3L, 32L, 32L));
    }

    @Test
    void groups_name_every_layer_that_their_channels_index() {
        JsonNode json = prune("--criterion", "l1", "--sparsity", "0.5");

        JsonNode group = json.get("groups").get(0);
        assertThat(group.get("name").asText()).isEqualTo("conv1");
        assertThat(group.get("width").asInt()).isEqualTo(8);
        assertThat(group.get("requested").asInt()).isEqualTo(4);
        assertThat(group.get("kept").asInt()).isEqualTo(4);
        assertThat(group.get("keptChannels").get("conv1")).hasSize(4);
        assertThat(group.get("keptChannels").get("bn1"))
                .isEqualTo(group.get("keptChannels").get("conv1"));
        assertThat(group.get("note").asText()).isEmpty();
        assertThat(json.get("unprunable").get(0).get("layer").asText()).isEqualTo("output");
        assertThat(json.get("verification").get("maxAbsoluteDifference").asDouble())
                .isLessThanOrEqualTo(json.get("verification").get("tolerance").asDouble());
        assertThat(json.get("verification").get("examples").asInt()).isPositive();
    }

    @Test
    void layers_name_their_share_of_the_cost() {
        JsonNode json = prune("--criterion", "l1", "--sparsity", "0.5");

        assertThat(json.get("layers").toString().replace('"', '\''))
                .isEqualTo("[{'name':'conv1','channels':{'before':8,'after':4},'parameters':{'before':224,'after':112},"
                        + "'macs':{'before':13824,'after':6912}},"
                        + "{'name':'bn1','channels':{'before':8,'after':4},'parameters':{'before':16,'after':8},"
                        + "'macs':{'before':0,'after':0}},"
                        + "{'name':'conv2','channels':{'before':6,'after':3},'parameters':{'before':438,'after':111},"
                        + "'macs':{'before':1728,'after':432}},"
                        + "{'name':'output','channels':{'before':10,'after':10},'parameters':{'before':70,'after':40},"
                        + "'macs':{'before':60,'after':30}}]");
    }

    @Test
    void constants_are_folded_when_asked_and_reported() {
        JsonNode plain = prune("--criterion", "l1", "--sparsity", "0.5");
        JsonNode folded = prune("--criterion", "l1", "--sparsity", "0.5", "--fold-constants");

        assertThat(plain.has("folding")).isFalse();
        assertThat(folded.get("folding")
                        .get("comparison")
                        .get("maxAbsoluteDifference")
                        .isNumber())
                .isTrue();
        assertThat(folded.get("folding").get("leftovers")).isEmpty();
    }

    @Test
    void weights_behind_pruned_layers_are_fitted_anew_when_asked_and_reported() {
        String data = "cifar10:" + Samples.cifar(folder.resolve("data"));
        JsonNode plain = prune("--criterion", "l1", "--sparsity", "0.5", "--data", data);
        INDArray before = ModelFile.read(out).network().params().dup();
        JsonNode fitted = prune("--criterion", "l1", "--sparsity", "0.5", "--data", data, "--reconstruct=8");

        assertThat(plain.has("reconstruction")).isFalse();
        JsonNode report = fitted.get("reconstruction");
        assertThat(report.get("examples").asInt()).isEqualTo(8);
        assertThat(report.get("layers"))
                .isNotEmpty()
                .allSatisfy(layer -> assertThat(layer.get("after").asDouble())
                        .isLessThanOrEqualTo(layer.get("before").asDouble()));
        assertThat(report.get("layers")).anyMatch(layer -> layer.get("ridge").asDouble() > 0);
        assertThat(ModelFile.read(out).network().params()).isNotEqualTo(before);
        assertThat(fitted.get("verification").get("maxAbsoluteDifference"))
                .as("the proof comes first")
                .isEqualTo(plain.get("verification").get("maxAbsoluteDifference"));
    }

    @Test
    void layers_may_have_their_own_sparsity_or_stay() {
        JsonNode json = prune("--criterion", "l1", "--sparsity", "0.5", "--layer", "bn1=0.25", "--ignore", "conv2");

        assertThat(json.get("groups").get(0).get("kept").asInt()).isEqualTo(6);
        assertThat(json.get("groups").get(1).get("kept").asInt()).isEqualTo(6);
    }

    @Test
    void ratios_come_from_a_file() throws IOException {
        Path ratios = Files.writeString(folder.resolve("ratios.json"), "{\"conv1\": 0.25, \"conv2\": 0.5}");

        JsonNode json = prune("--criterion", "l1", "--ratios", ratios.toString(), "--layer", "conv2=0.2");

        assertThat(json.get("groups").get(0).get("kept").asInt()).isEqualTo(6);
        assertThat(json.get("groups").get(1).get("kept").asInt()).isEqualTo(5);
    }

    @Test
    void a_budget_is_kept() {
        JsonNode json = prune("--criterion", "l1", "--macs", "0.8", "--parameters", "0.9", "--scope", "global");

        assertThat(json.get("after").get("macs").asDouble())
                .isLessThanOrEqualTo(0.8 * json.get("before").get("macs").asDouble());
        assertThat(json.get("after").get("parameters").asDouble())
                .isLessThanOrEqualTo(0.9 * json.get("before").get("parameters").asDouble());
    }

    @Test
    void a_budget_of_time_is_measured() {
        // wide enough that most of the time goes with the channels: nothing depends on how busy the machine is
        MultiLayerNetwork wide = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).name("first").nOut(64).build())
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .name("second")
                        .nOut(64)
                        .build())
                .layer(new GlobalPoolingLayer.Builder().build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.convolutional(24, 24, 3))
                .build());
        wide.init();
        ModelFile.write(model, new SavedModel(wide, null, InputShapes.of(new long[] {3, 24, 24})), UpdaterState.SAVED);

        JsonNode json = prune("--criterion", "l1", "--latency", "0.5", "--latency-batch", "4", "--macs", "0.9");

        JsonNode latency = json.get("latency");
        assertThat(latency.get("batch").asInt()).isEqualTo(4);
        assertThat(latency.get("asked").asDouble()).isEqualTo(0.5);
        assertThat(latency.get("beforeMillis").asDouble()).isPositive();
        assertThat(latency.get("reached").asDouble())
                .isEqualTo(latency.get("afterMillis").asDouble()
                        / latency.get("beforeMillis").asDouble());
        assertThat(latency.get("measuredLayers").asInt()).isEqualTo(3);
        assertThat(json.get("after").get("macs").asDouble())
                .isLessThanOrEqualTo(0.9 * json.get("before").get("macs").asDouble());
    }

    @Test
    void the_whole_time_keeps_the_whole_network() {
        Ran ran = Ran.of("prune", model, "--criterion", "l1", "--latency", "1", "--out", out);

        assertThat(ran.out()).contains("(100.00 % left, 100.00 % asked, batch 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"taylor", "mean-activation", "apoz"})
    void criteria_that_look_at_data_get_them(String criterion) {
        JsonNode json = prune(
                "--criterion",
                criterion,
                "--sparsity",
                "0.5",
                "--data",
                "cifar10:" + Samples.cifar(folder.resolve("data")),
                "--examples",
                "5");

        assertThat(json.get("after").get("macs").asLong()).isEqualTo(7_374);
        assertThat(json.get("verification").get("examples").asInt()).isEqualTo(5);
    }

    @Test
    void the_normaliser_the_data_type_and_the_updater_state_stay() {
        MultiLayerNetwork network = Samples.network(DataType.DOUBLE, CNN2DFormat.NHWC);
        ModelFile.write(
                model,
                new SavedModel(network, new ImagePreProcessingScaler(), InputShapes.of(new long[] {32, 32, 3})),
                UpdaterState.SAVED);

        JsonNode json = prune("--criterion", "random", "--seed", "4", "--sparsity", "0.5");

        SavedModel small = ModelFile.read(out);
        assertThat(small.normalizer()).isInstanceOf(ImagePreProcessingScaler.class);
        assertThat(small.network().params().dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(json.get("verification").get("tolerance").asDouble()).isEqualTo(1e-10);
    }

    @Test
    void the_text_says_what_was_done_and_that_it_is_right() {
        Ran ran = Ran.of("prune", model, "--criterion", "l2", "--sparsity", "0.5", "--out", out);

        assertThat(ran.out())
                .contains("| conv1 ")
                .contains("15,612 ->         7,374  (47.23 % left)")
                .contains("kept whole: output (NETWORK_OUTPUT")
                .contains("proof: masked and shrunk network differ by")
                .contains("written to " + out);
    }

    @Test
    void bad_requests_are_refused_and_nothing_is_written() {
        refused("sparsity must be in [0, 1), got 1.0", "--criterion", "l1", "--sparsity", "1");
        refused("sparsity must be in [0, 1), got NaN", "--criterion", "l1", "--sparsity", "NaN");
        refused("did you mean \"geometric-median\"?", "--criterion", "geometric-medain", "--sparsity", "0.5");
        refused("did you mean \"conv2\"?", "--criterion", "l1", "--sparsity", "0.5", "--layer", "covn2=0.5");
        refused("did you mean \"conv1\"?", "--criterion", "l1", "--sparsity", "0.5", "--ignore", "conv");
        refused("did you mean \"global\"?", "--criterion", "l1", "--sparsity", "0.5", "--scope", "globl");
        refused("budget macs must be in (0, 1], got 0.0", "--criterion", "l1", "--macs", "0");
        refused("budget must be reachable: macs 0.001 asked", "--criterion", "l1", "--macs", "0.001");
        refused("budget latency must be in (0, 1], got 1.5", "--criterion", "l1", "--latency", "1.5");
        refused("budget must be reachable: latency 0.001 asked, ", "--criterion", "l1", "--latency", "0.001");
        refused("latency batch must be at least 1", "--criterion", "l1", "--latency", "1", "--latency-batch", "0");
        refused("criterion taylor looks at data: name some by --data", "--criterion", "taylor", "--sparsity", "0.5");
        refused("prune needs --sparsity, a budget", "--criterion", "l1");
        refused(
                "--reconstruct has no effect without --data",
                "--criterion",
                "l1",
                "--sparsity",
                "0.5",
                "--reconstruct");
        refused(
                "--reconstruct must be at least 2 images, got 1",
                "--criterion",
                "l1",
                "--sparsity",
                "0.5",
                "--data",
                "embedded",
                "--reconstruct=1");
        refused("got 0.5 and 0.25", "--criterion", "l1", "--layer", "conv1=0.25", "--layer", "bn1=0.5");
    }

    @Test
    void a_network_with_nothing_to_remove_is_refused() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(4).nOut(2).build())
                .build());
        network.init();
        ModelFile.write(model, new SavedModel(network, null, InputShapes.UNKNOWN), UpdaterState.SAVED);

        refused("network must have channels that can be removed, got none", "--criterion", "l1", "--sparsity", "0.5");
    }

    @Test
    void ratios_that_cannot_be_read_are_refused() throws IOException {
        Path ratios = folder.resolve("ratios.json");

        refused("file \"" + ratios + "\" does not exist", "--criterion", "l1", "--ratios", ratios.toString());
        Files.writeString(ratios, "[1]");
        refused("must hold one object", "--criterion", "l1", "--ratios", ratios.toString());
        Files.writeString(ratios, "{");
        refused("must be JSON", "--criterion", "l1", "--ratios", ratios.toString());
        Files.writeString(ratios, "{\"conv1\": \"half\"}");
        refused("sparsity of layer \"conv1\" must be a number", "--criterion", "l1", "--ratios", ratios.toString());
    }

    private JsonNode prune(String... options) {
        return Ran.of(arguments(out, options, "--json", "-")).json();
    }

    private Object[] arguments(Path target, String[] options, String... more) {
        return Stream.of(
                        Stream.of("prune", model.toString(), "--out", target.toString()),
                        Stream.of(options),
                        Stream.of(more))
                .flatMap(part -> part)
                .toArray();
    }

    private void refused(String part, String... options) {
        List<String> before = names();

        Ran ran = Ran.of(arguments(out, options));

        assertThat(ran.err()).contains(part);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(names()).isEqualTo(before);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
