package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointImportTest {
    private static final ModelOptions TRAINED =
            new ModelOptions.Builder().seed(1).dataType(DataType.DOUBLE).build();
    private static final ModelOptions EMPTY =
            new ModelOptions.Builder().seed(2).dataType(DataType.DOUBLE).build();

    @TempDir
    Path folder;

    private Path file;
    private Map<String, INDArray> arrays;

    @BeforeEach
    void a_checkpoint_of_a_small_network() {
        file = folder.resolve("weights.npz");
        arrays = arrays(new LeNet5().build(TRAINED), ArrayNaming.PYTORCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet20", "resnet8", "densenet40", "dwsep", "lenet5", "vgg-small"})
    void every_parameter_comes_back_from_a_checkpoint(String name) throws IOException {
        Architecture architecture = Architecture.named(name);
        Model trained = architecture.build(TRAINED);
        trained.params().addi(Nd4j.rand(DataType.DOUBLE, trained.params().length()));
        architecture.build(EMPTY); // so that nothing depends on who was built last
        NpzWriter.write(file, arrays(trained, architecture.naming()));

        ImportedModel imported = CheckpointImport.npz(file, architecture, EMPTY);

        layers(imported.network()).forEach((layer, values) -> {
            if (!layer.contains("shortcut")) {
                assertThat(values).as(layer).isEqualTo(layers(trained).get(layer));
            }
        });
        assertThat(imported.inputShape()).isEqualTo(architecture.imageShape());
    }

    @Test
    void a_missing_array_is_named() throws IOException {
        arrays.remove("classifier.0.bias");
        NpzWriter.write(file, arrays);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointImport.npz(file, new LeNet5()))
                .withMessage(file + ": array \"classifier.0.bias\" is missing (layer \"classifier.0\", parameter"
                        + " \"b\")");
    }

    @Test
    void an_array_left_over_is_named() throws IOException {
        arrays.put("classifier.6.weight", Nd4j.ones(DataType.DOUBLE, 10, 10));
        NpzWriter.write(file, arrays);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointImport.npz(file, new LeNet5()))
                .withMessage(file + ": array \"classifier.6.weight\" belongs to no layer of lenet5 (1 left over)");
    }

    @Test
    void a_wrong_shape_is_given_beside_the_right_one_in_the_order_of_the_checkpoint() throws IOException {
        arrays.put("classifier.0.weight", Nd4j.ones(DataType.DOUBLE, 400, 128));
        NpzWriter.write(file, arrays);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointImport.npz(file, new LeNet5()))
                .withMessage(file + ": array \"classifier.0.weight\" must have shape [128, 400] (layer"
                        + " \"classifier.0\", parameter \"W\"), got [400, 128]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void a_value_that_is_not_finite_is_refused(double value) throws IOException {
        arrays.put("convolutions.3.bias", Nd4j.valueArrayOf(new long[] {16}, value, DataType.DOUBLE));
        NpzWriter.write(file, arrays);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointImport.npz(file, new LeNet5()))
                .withMessage(file + ": array \"convolutions.3.bias\" must be finite (layer \"convolutions.3\","
                        + " parameter \"b\")");
    }

    @Test
    void a_truncated_archive_is_refused() throws IOException {
        byte[] whole = Files.readAllBytes(NpzWriter.write(file, arrays));
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointImport.npz(file, new LeNet5()))
                .withMessageStartingWith(file + ": not an .npz archive, or a damaged one: ");
    }

    @Test
    void a_flipped_byte_is_noticed() throws IOException {
        byte[] bytes = Files.readAllBytes(NpzWriter.write(file, arrays));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointImport.npz(file, new LeNet5()))
                .withMessageStartingWith(file + ": not an .npz archive, or a damaged one: ");
    }

    @Test
    void a_text_file_is_refused() throws IOException {
        Files.writeString(file, "conv1.weight 1 2 3");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointImport.npz(file, new LeNet5()))
                .withMessageStartingWith(file + ": not an .npz archive, or a damaged one: ");
    }

    @Test
    void a_zip_of_something_else_is_refused() throws IOException {
        Outputs.save(new ImportedModel(new LeNet5().build(EMPTY), PixelScale.UNIT.normalizer(), List.of()), file);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckpointImport.npz(file, new LeNet5()))
                .withMessage(file + ": not an .npz archive: entry \"configuration.json\" is no array");
    }

    @Test
    void a_file_that_is_not_there_is_an_io_error() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> CheckpointImport.npz(folder.resolve("none.npz"), new LeNet5()));
    }

    /** The parameters as a checkpoint holds them. */
    private static Map<String, INDArray> arrays(Model network, ArrayNaming naming) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (Layer layer : each(network)) {
            if (!(layer instanceof FrozenLayerWithBackprop)) {
                layer.paramTable().forEach((key, parameter) -> {
                    BaseLayer configuration = (BaseLayer) layer.conf().getLayer();
                    int[] fromCheckpoint = naming.permutation(configuration, parameter.rank());
                    int[] toCheckpoint = new int[fromCheckpoint.length];
                    for (int axis = 0; axis < fromCheckpoint.length; axis++) {
                        toCheckpoint[fromCheckpoint[axis]] = axis;
                    }
                    arrays.put(
                            naming.array(configuration, key),
                            parameter.permute(toCheckpoint).dup('c'));
                });
            }
        }
        return arrays;
    }

    private static Map<String, INDArray> layers(Model network) {
        Map<String, INDArray> values = new LinkedHashMap<>();
        for (Layer layer : each(network)) {
            layer.paramTable()
                    .forEach((key, parameter) ->
                            values.put(layer.conf().getLayer().getLayerName() + "_" + key, parameter));
        }
        return values;
    }

    private static Layer[] each(Model network) {
        return network instanceof ComputationGraph graph
                ? graph.getLayers()
                : ((MultiLayerNetwork) network).getLayers();
    }
}
