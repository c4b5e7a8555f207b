package io.github.dl4jprune.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import io.github.dl4jprune.cli.console.Version;
import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.shade.jackson.databind.JsonNode;

class EvaluateCommandTest {
    @TempDir
    private Path folder;

    private Path model;
    private String data;

    @BeforeEach
    void a_model_and_data() {
        model = Samples.model(folder.resolve("a model.zip"));
        data = "cifar10:" + Samples.cifar(folder.resolve("some data"));
    }

    @Test
    void the_test_split_is_evaluated_as_plain_dl4j_does() {
        MultiLayerNetwork network = (MultiLayerNetwork) ModelFile.read(model).network();
        ImageIterator images = new ImageIterator.Builder(DataSource.parse(data).load(Split.TEST)).build();
        images.setPreProcessor(new ImagePreProcessingScaler());

        JsonNode json = Ran.of("evaluate", model, "--data", data, "--json", "-").json();

        assertThat(json.get("command").asText()).isEqualTo("evaluate");
        assertThat(json.get("version").asText()).isEqualTo(Version.text());
        assertThat(json.get("arguments").get("MODEL").asText()).isEqualTo(model.toString());
        assertThat(json.get("arguments").get("split").asText()).isEqualTo("test");
        assertThat(json.get("examples").asInt()).isEqualTo(Samples.RECORDS);
        assertThat(json.get("accuracy").asDouble())
                .isEqualTo(network.evaluate(images).accuracy());
        assertThat(json.get("loss").asDouble()).isPositive();
    }

    @Test
    void against_another_model_the_loss_has_a_paired_interval() {
        MultiLayerNetwork constant = Samples.network(DataType.FLOAT, CNN2DFormat.NCHW);
        constant.params().assign(0);
        Path other = write("constant.zip", constant, InputShapes.of(new long[] {3, 32, 32}));

        Ran ran = Ran.of("evaluate", other, "--against", model, "--data", data, "--json", folder.resolve("r.json"));
        JsonNode json = Ran.of("evaluate", other, "--against", model, "--data", data, "--json", "-")
                .json();

        double before = json.get("against").get("accuracy").asDouble();
        double after = json.get("accuracy").asDouble();
        assertThat(json.get("lost").asDouble()).isCloseTo(before - after, within(1e-12));
        double middle = (json.get("lostInterval").get(0).asDouble()
                        + json.get("lostInterval").get(1).asDouble())
                / 2;
        assertThat(middle).isCloseTo(before - after, within(1e-12));
        assertThat(ran.out().lines())
                .hasSize(3)
                .last()
                .asString()
                .matches(
                        "accuracy lost: -?\\d+\\.\\d\\d points \\(95 %: -?\\d+\\.\\d\\d to -?\\d+\\.\\d\\d, paired on the same images\\)");
    }

    @Test
    void against_itself_nothing_is_lost() {
        Ran ran = Ran.of("evaluate", model, "--against", model, "--data", data);

        assertThat(ran.out()).endsWith("accuracy lost: 0.00 points (95 %: 0.00 to 0.00, paired on the same images)\n");
    }

    @Test
    void a_model_to_compare_with_that_is_not_there_is_refused_before_any_work() {
        Ran ran = Ran.of("evaluate", model, "--against", folder.resolve("none.zip"), "--data", data);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).hasLineCount(1).contains("none.zip");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void a_batch_larger_than_all_images_is_all_images() {
        Ran ran = Ran.of("evaluate", model, "--data", data, "--batch", Integer.MAX_VALUE);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void a_batch_holds_an_image_at_least() {
        Ran.of("evaluate", "none.zip", "--data", "none", "--batch", 0)
                .refused("dl4j-prune: --batch must be >= 1, got 0");
    }

    @Test
    void the_last_tenth_of_the_training_records_is_for_validation() {
        JsonNode json = Ran.of("evaluate", model, "--data", data, "--split", "validation", "--json", "-")
                .json();

        assertThat(json.get("examples").asInt()).isEqualTo(4);
    }

    @Test
    void json_goes_to_a_file_beside_the_text() throws IOException {
        Path json = folder.resolve("result.json");

        Ran ran = Ran.of("evaluate", model, "--data", data, "--examples", 3, "--json", json);

        assertThat(ran.out()).contains("accuracy").contains("of 3");
        assertThat(Files.readString(json)).contains("\"examples\" : 3");
    }

    @Test
    void a_channels_last_network_sees_the_same_images() {
        MultiLayerNetwork first = Samples.network(DataType.DOUBLE, CNN2DFormat.NCHW);
        MultiLayerNetwork last = Samples.network(DataType.DOUBLE, CNN2DFormat.NHWC);
        last.setParams(first.params().dup());
        Path planes = write("planes.zip", first, InputShapes.of(new long[] {3, 32, 32}));
        Path pixels = write("pixels.zip", last, InputShapes.UNKNOWN);

        JsonNode expected =
                Ran.of("evaluate", planes, "--data", data, "--json", "-").json();
        JsonNode actual =
                Ran.of("evaluate", pixels, "--data", data, "--json", "-").json();

        assertThat(actual.get("accuracy")).isEqualTo(expected.get("accuracy"));
        assertThat(actual.get("loss").asDouble()).isCloseTo(expected.get("loss").asDouble(), within(1e-12));
    }

    @Test
    void a_dense_network_gets_its_images_as_vectors() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new OutputLayer.Builder()
                        .nIn(3 * 32 * 32)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        DataSet images = new ImageIterator.Builder(DataSource.parse(data).load(Split.TEST))
                .build()
                .next();
        INDArray vectors =
                images.getFeatures().reshape(Samples.RECORDS, 3 * 32 * 32).div(255);
        Evaluation expected = new Evaluation();
        expected.eval(images.getLabels(), network.output(vectors));

        JsonNode json = Ran.of(
                        "evaluate", write("dense.zip", network, InputShapes.UNKNOWN), "--data", data, "--json", "-")
                .json();

        assertThat(json.get("accuracy").asDouble()).isEqualTo(expected.accuracy());
    }

    @Test
    void a_split_that_is_not_there() {
        Ran.of("evaluate", model, "--data", data, "--split", "tset")
                .refused("dl4j-prune: split \"tset\": must be one of train, validation, test; did you mean \"test\"?");
    }

    @Test
    void images_that_do_not_fit() {
        Path grey = write(
                "grey.zip", Samples.network(DataType.FLOAT, CNN2DFormat.NCHW), InputShapes.of(new long[] {3, 48, 48}));

        Ran.of("evaluate", grey, "--data", data)
                .refused("dl4j-prune: images of 3 x 32 x 32 do not fit the network, whose input is [3, 48, 48]");
    }

    @Test
    void a_data_file_cut_short() throws IOException {
        Path file = folder.resolve("some data").resolve("test_batch.bin");
        Files.write(file, new byte[5000]);

        Ran ran = Ran.of("evaluate", model, "--data", data, "--json", folder.resolve("result.json"));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("test_batch.bin");
        assertThat(folder.resolve("result.json")).doesNotExist();
    }

    @Test
    void a_json_file_that_cannot_be_written_is_refused_before_any_work() {
        Path nowhere = folder.resolve("none").resolve("result.json");

        Ran.of("evaluate", "none.zip", "--data", data, "--json", nowhere)
                .refused("dl4j-prune: cannot write \"" + nowhere + "\": its folder \"" + nowhere.getParent()
                        + "\" does not exist");
    }

    private Path write(String name, MultiLayerNetwork network, InputShapes shapes) {
        Path file = folder.resolve(name);
        ModelFile.write(file, new SavedModel(network, null, shapes), UpdaterState.SAVED);
        return file;
    }
}
