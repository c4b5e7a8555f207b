package io.github.dl4jprune.cli.training;

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
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.shade.jackson.databind.JsonNode;

class FinetuneCommandTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path out;
    private String data;

    @BeforeEach
    void a_model_and_data() {
        model = Samples.model(folder.resolve("model.zip"));
        out = folder.resolve("trained.zip");
        data = "cifar10:" + Samples.cifar(folder.resolve("data"));
    }

    @Test
    void two_epochs_train_a_copy_that_plain_dl4j_opens() throws IOException {
        byte[] before = Files.readAllBytes(model);

        JsonNode json = Ran.of(
                        "finetune", model, "--data", data, "--epochs", 2, "--out", out, "--batch", 9, "--json", "-")
                .json();

        MultiLayerNetwork trained = ModelSerializer.restoreMultiLayerNetwork(out.toFile());
        assertThat(trained.getEpochCount()).isEqualTo(2);
        assertThat(trained.getIterationCount()).isEqualTo(8); // 36 training images
        assertThat(trained.params())
                .isNotEqualTo(ModelFile.read(model).network().params());
        assertThat(json.get("epochs")).hasSize(2);
        assertThat(json.get("epochs").get(1).get("loss").asDouble()).isPositive();
        assertThat(json.get("examples").asInt()).isEqualTo(36);
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
    }

    @Test
    void the_same_seed_gives_the_same_bytes() throws IOException {
        Path again = folder.resolve("again.zip");

        for (Path file : List.of(out, again)) {
            Ran.of(
                    "finetune",
                    model,
                    "--data",
                    data,
                    "--epochs",
                    1,
                    "--out",
                    file,
                    "--augment",
                    "crop-flip",
                    "--seed",
                    5);
        }

        assertThat(again).hasSameBinaryContentAs(out);
    }

    @Test
    void a_batch_larger_than_all_images_is_all_images() {
        JsonNode json = Ran.of(
                        "finetune",
                        model,
                        "--data",
                        data,
                        "--epochs",
                        1,
                        "--out",
                        out,
                        "--batch",
                        Integer.MAX_VALUE,
                        "--json",
                        "-")
                .json();

        assertThat(json.get("epochs")).hasSize(1);
        assertThat(ModelFile.read(out).network())
                .isInstanceOfSatisfying(
                        MultiLayerNetwork.class,
                        trained -> assertThat(trained.getIterationCount()).isEqualTo(1));
    }

    @Test
    void a_model_may_be_replaced_by_its_trained_self() {
        SavedModel before = ModelFile.read(model);

        Ran ran = Ran.of(
                "finetune",
                model,
                "--data",
                data,
                "--epochs",
                1,
                "--out",
                model,
                "--teacher",
                model,
                "--recalibrate-bn",
                2);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("epoch 1 of 1: loss").contains("written to " + model);
        assertThat(ModelFile.read(model).network().params())
                .isNotEqualTo(before.network().params());
        assertThat(names()).containsExactlyInAnyOrder("model.zip", "data");
    }

    @Test
    void values_out_of_range_are_refused_before_anything_is_read() {
        assertRefused("dl4j-prune: learning rate must be positive and finite, got -1.0", "--learning-rate", "-1");
        assertRefused("dl4j-prune: momentum must be in [0, 1), got 1.0", "--momentum", "1");
        assertRefused(
                "dl4j-prune: --schedule must be one of constant cosine, got \"cosinus\", did you mean \"cosine\"?",
                "--schedule",
                "cosinus");
        assertRefused(
                "dl4j-prune: --augment must be one of none crop-flip, got \"flip\", did you mean \"crop-flip\"?",
                "--augment",
                "flip");
    }

    @Test
    void a_teacher_that_would_see_other_values_than_it_was_trained_on_is_refused() {
        String same =
                "dl4j-prune: --teacher \"%s\" must read images as the model does (size, axis order, normalisation)";
        Path unscaled = write("unscaled.zip", CNN2DFormat.NCHW, new ImagePreProcessingScaler(-1, 1));
        Path turned = write("turned.zip", CNN2DFormat.NHWC, new ImagePreProcessingScaler());
        Path alike = write("alike.zip", CNN2DFormat.NCHW, new ImagePreProcessingScaler());

        for (Path teacher : List.of(unscaled, turned)) {
            Ran.of("finetune", model, "--data", data, "--epochs", 1, "--out", out, "--teacher", teacher)
                    .refused(same.formatted(teacher));
            assertThat(out).doesNotExist();
        }
        Ran ran = Ran.of("finetune", model, "--data", data, "--epochs", 1, "--out", out, "--teacher", alike);
        assertThat(ran.err()).doesNotContain("dl4j-prune:");
        assertThat(ran.exitCode()).isZero();
    }

    private Path write(String name, CNN2DFormat format, DataNormalization normalization) {
        Path file = folder.resolve(name);
        MultiLayerNetwork network = Samples.network(DataType.FLOAT, format);
        ModelFile.write(file, new SavedModel(network, normalization, InputShapes.UNKNOWN), UpdaterState.LEFT_OUT);
        return file;
    }

    @Test
    void dropout_takes_another_rate_and_the_result_keeps_it() {
        MultiLayerNetwork dropping = Samples.network(DataType.FLOAT, CNN2DFormat.NCHW);
        int last = dropping.getnLayers() - 1;
        dropping.getLayer(last).conf().getLayer().setIDropout(new Dropout(0.5));
        Path file = folder.resolve("dropping.zip");
        ModelFile.write(file, new SavedModel(dropping, null, InputShapes.UNKNOWN), UpdaterState.LEFT_OUT);

        Ran ran = Ran.of("finetune", file, "--data", data, "--epochs", 1, "--out", out, "--dropout", 0);

        assertThat(ran.exitCode()).isZero();
        MultiLayerNetwork trained = (MultiLayerNetwork) ModelFile.read(out).network();
        assertThat(trained.getLayer(last).conf().getLayer().getIDropout()).isNull();
    }

    @Test
    void a_dropout_rate_of_one_is_refused() {
        Ran.of("finetune", model, "--data", data, "--epochs", 1, "--out", out, "--dropout", 1)
                .refused("dl4j-prune: dropout rate must be in [0, 1), got 1.0");
    }

    @Test
    void training_that_diverges_writes_nothing() {
        Ran ran = Ran.of("finetune", model, "--data", data, "--epochs", 3, "--out", out, "--learning-rate", "1e30");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("diverged");
        assertThat(names()).containsExactlyInAnyOrder("model.zip", "data");
    }

    private void assertRefused(String line, String option, String value) {
        Ran.of("finetune", "none.zip", "--data", data, "--epochs", 1, "--out", out, option, value)
                .refused(line);
        assertThat(out).doesNotExist();
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
