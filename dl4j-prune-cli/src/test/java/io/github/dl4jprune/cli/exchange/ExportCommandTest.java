package io.github.dl4jprune.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;

/** {@code export} and {@code verify}. */
class ExportCommandTest {
    @TempDir
    private Path folder;

    private String data;
    private Path onnx;

    @BeforeEach
    void data() {
        data = "cifar10:" + Samples.cifar(folder.resolve("some data"));
        onnx = folder.resolve("a model.onnx");
    }

    private Path model(DataType type, CNN2DFormat format, DataNormalization normalizer) {
        long[] shape = format == CNN2DFormat.NCHW ? new long[] {3, 32, 32} : new long[] {32, 32, 3};
        Path file = folder.resolve("a model.zip");
        SavedModel model = new SavedModel(Samples.network(type, format), normalizer, InputShapes.of(shape));
        ModelFile.write(file, model, UpdaterState.LEFT_OUT);
        return file;
    }

    private static DataNormalization standardize() {
        return new NormalizerStandardize(
                Nd4j.createFromArray(new double[][] {{120, 130, 100}}),
                Nd4j.createFromArray(new double[][] {{60, 70, 50}}));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, NCHW, false", "FLOAT, NCHW, true", "DOUBLE, NCHW, false", "FLOAT, NHWC, true"})
    void an_exported_model_is_verified(DataType type, CNN2DFormat format, boolean included) {
        Path model =
                model(type, format, format == CNN2DFormat.NCHW ? standardize() : new ImagePreProcessingScaler(-1, 1));

        JsonNode exported = included
                ? Ran.of("export", model, "--out", onnx, "--with-normalisation", "--json", "-")
                        .json()
                : Ran.of("export", model, "--out", onnx, "--json", "-").json();
        JsonNode verified =
                Ran.of("verify", model, onnx, "--data", data, "--json", "-").json();

        assertThat(exported.get("command").asText()).isEqualTo("export");
        assertThat(exported.get("opset").asInt()).isEqualTo(15);
        assertThat(exported.get("bytes").asLong()).isEqualTo(onnx.toFile().length());
        assertThat(exported.get("operators").get("BatchNormalization").asInt()).isEqualTo(1);
        assertThat(verified.get("examples").asInt()).isEqualTo(Samples.RECORDS);
        assertThat(verified.get("relativeDifference").asDouble()).isLessThan(1e-5);
        assertThat(verified.get("models").get(1).get("model").asText()).isEqualTo(onnx.toString());
        assertThat(verified.get("models").get(1).get("accuracy"))
                .isEqualTo(verified.get("models").get(0).get("accuracy"));
    }

    @Test
    void an_onnx_model_knows_its_normaliser_without_the_zip() {
        Path model = model(DataType.FLOAT, CNN2DFormat.NCHW, standardize());
        Path raw = folder.resolve("raw.onnx");
        Ran.of("export", model, "--out", onnx);
        Ran.of("export", model, "--out", raw, "--with-normalisation", "--opset", 17);

        Ran ran = Ran.of("verify", onnx, raw, "--data", data, "--examples", 3);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("3 examples").contains("within 1e-04");
    }

    @Test
    void models_that_differ_end_with_exit_code_1() {
        Path first = model(DataType.FLOAT, CNN2DFormat.NCHW, standardize());
        Ran.of("export", first, "--out", onnx);
        Path second = folder.resolve("second.zip");
        SavedModel model = ModelFile.read(first);
        model.network().params().muli(1.1);
        ModelFile.write(second, model, UpdaterState.LEFT_OUT);

        Ran ran = Ran.of("verify", second, onnx, "--data", data);

        assertThat(ran.out()).contains("ABOVE 1e-04");
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void what_cannot_be_exported_leaves_no_file() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder()
                        .name("odd")
                        .nOut(4)
                        .activation(Activation.CUBE)
                        .build())
                .layer(new RnnOutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(3, 5))
                .build());
        network.init();
        Path model = folder.resolve("odd.zip");
        ModelFile.write(model, new SavedModel(network, null, InputShapes.of(new long[] {3, 5})), UpdaterState.LEFT_OUT);

        Ran.of("export", model, "--out", onnx)
                .refused("dl4j-prune: network must have layers that ONNX can express, got \"odd\": ONNX's recurrent"
                        + " operators have no activation function ActivationCube");

        assertThat(Files.exists(onnx)).isFalse();
    }

    @Test
    void bad_requests_are_refused() {
        Path model = model(DataType.FLOAT, CNN2DFormat.NCHW, standardize());

        Ran.of("export", model, "--out", "model.pb")
                .refused("dl4j-prune: --out must name an .onnx file, got \"model.pb\"");
        Ran.of("export", model, "--out", onnx, "--opset", 9).refused("dl4j-prune: opset must be in [13, 21], got 9");
        Ran.of("verify", model, "model.pt", "--data", data)
                .refused("dl4j-prune: verify takes .zip and .onnx files, got \"model.pt\"");
        Ran.of("verify", model, "missing.onnx", "--data", data)
                .refused("dl4j-prune: \"missing.onnx\" must be an ONNX model, got no file");
    }
}
