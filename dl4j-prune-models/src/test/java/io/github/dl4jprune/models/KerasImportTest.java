package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class KerasImportTest {
    private static final String RESNET8 = "mlperf_tiny_resnet8.h5";

    @TempDir
    Path folder;

    @Test
    void a_functional_model_computes_what_the_same_weights_do_in_nchw() throws IOException {
        ImportedModel keras = KerasImport.h5(Shared.weights(RESNET8));
        ImportedModel arrays = CheckpointImport.npz(Shared.weights("resnet8.npz"), new ResNet8());
        INDArray pixels = TestImages.cifar(0, 10, DataType.FLOAT).pixels();

        INDArray output = Outputs.of(keras, pixels);

        assertThat(keras.inputShape()).containsExactly(32, 32, 3);
        assertThat(ImageLayout.of(keras.network())).isEqualTo(CNN2DFormat.NHWC);
        assertThat(ImageLayout.of(arrays.network())).isEqualTo(CNN2DFormat.NCHW);
        assertThat(output.sub(Outputs.of(arrays, pixels)).amaxNumber().doubleValue())
                .isLessThan(1e-6);
    }

    @Test
    void a_functional_model_survives_a_model_file_and_names_dl4j_classes_alone() throws IOException {
        ImportedModel keras = KerasImport.h5(Shared.weights(RESNET8));
        Path file = folder.resolve("keras.zip");
        Outputs.save(keras, file);

        ComputationGraph restored = ModelSerializer.restoreComputationGraph(file.toFile());

        INDArray pixels = TestImages.cifar(0, 3, DataType.FLOAT).pixels();
        ImportedModel again = new ImportedModel(
                restored, ModelSerializer.restoreNormalizerFromFile(file.toFile()), keras.inputShape());
        assertThat(Outputs.of(again, pixels)).isEqualTo(Outputs.of(keras, pixels));
        assertThat(restored.getConfiguration().toJson()).doesNotContain("modelimport");
    }

    @Test
    void importing_twice_gives_the_same_configuration() throws IOException {
        String first = ((ComputationGraph)
                        KerasImport.h5(Shared.weights(RESNET8)).network())
                .getConfiguration()
                .toJson();

        String second = ((ComputationGraph)
                        KerasImport.h5(Shared.weights(RESNET8)).network())
                .getConfiguration()
                .toJson();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void a_sequential_model_without_training_configuration_becomes_a_multi_layer_network() throws IOException {
        Path file =
                KerasFile.sequential(folder.resolve("dense.h5"), new float[] {1, 2, 3, 4, 5, 6}, new float[] {7, 8});

        ImportedModel imported = KerasImport.h5(file);

        assertThat(imported.network()).isInstanceOf(MultiLayerNetwork.class);
        assertThat(imported.inputShape()).containsExactly(3);
        // 1*1 + 10*3 + 100*5 + 7 = 538, 1*2 + 10*4 + 100*6 + 8 = 650
        assertThat(Outputs.of(imported.network(), Nd4j.createFromArray(new float[][] {{1, 10, 100}})))
                .isEqualTo(Nd4j.createFromArray(new float[][] {{538, 650}}));
    }

    @Test
    void a_layer_that_dl4j_does_not_know_is_named() throws IOException {
        Path file = KerasFile.withConfiguration(
                folder.resolve("odd.h5"), KerasFile.SEQUENTIAL.replace("\"Dense\"", "\"Sparse\""));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KerasImport.h5(file))
                .withMessageStartingWith(file + ": cannot import this Keras model: ")
                .withMessageContaining("Sparse");
    }

    @Test
    void hdf5_without_a_model_is_refused() throws IOException {
        Path file = KerasFile.empty(folder.resolve("empty.h5"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KerasImport.h5(file))
                .withMessage(
                        file + ": no Keras model: the file has no attribute \"model_config\" (were only the weights"
                                + " saved?)");
    }

    @Test
    void a_file_cut_short_is_refused() throws IOException {
        Path file = KerasFile.sequential(folder.resolve("cut.h5"), new float[6], new float[2]);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 1000));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KerasImport.h5(file))
                .withMessage(file + ": cut short, it has 1000 of " + whole.length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a Keras model, but long enough to hold a whole superblock of one"})
    void other_files_are_refused(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("text.h5"), content);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KerasImport.h5(file))
                .withMessage(file + ": not an HDF5 file");
    }

    @Test
    void a_file_that_is_not_there_is_an_io_error() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> KerasImport.h5(folder.resolve("none.h5")));
    }

    @Test
    void an_open_input_size_leaves_the_shape_unknown() throws IOException {
        KerasConfiguration configuration =
                KerasConfiguration.of(KerasFile.SEQUENTIAL.replace("[null, 3]", "[null, null, 3]"));

        assertThat(configuration).isEqualTo(new KerasConfiguration(true, List.of()));
    }
}
