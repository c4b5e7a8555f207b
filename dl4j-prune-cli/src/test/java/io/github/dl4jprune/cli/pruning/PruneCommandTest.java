package io.github.dl4jprune.cli.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.shade.jackson.databind.JsonNode;

/** What {@code prune} makes, and what it tells of it. */
class PruneCommandTest extends PruningFixture {
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
    void arguments_name_defaults_but_none_without_effect() {
        JsonNode json = prune("--criterion", "l2", "--sparsity", "0.5");

        assertThat(json.get("arguments").get("multiple-of").asInt()).isEqualTo(1);
        assertThat(json.get("arguments").has("latency-batch"))
                .as("it would be refused without --latency")
                .isFalse();
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
}
