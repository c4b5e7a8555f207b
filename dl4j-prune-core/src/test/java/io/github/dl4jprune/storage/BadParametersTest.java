package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Parameters that are missing, damaged, of another network, or no numbers. */
class BadParametersTest extends ModelFileFixture {
    @Test
    void a_model_without_coefficients() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.remove(ModelFile.COEFFICIENTS);
        rewrite(entries);

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("model file \"" + file
                        + "\" is a zip, but no DL4J model: it has no coefficients.bin, it holds ");
    }

    @Test
    void coefficients_cut_short() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.computeIfPresent(ModelFile.COEFFICIENTS, (name, bytes) -> Arrays.copyOf(bytes, bytes.length - 8));
        rewrite(entries);

        assertRefused(file, "has an unreadable coefficients.bin: its values should take 680 bytes, but it has 672");
    }

    @Test
    void coefficients_that_are_no_array() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(ModelFile.COEFFICIENTS, "nothing of that kind at all".getBytes(UTF_8));
        rewrite(entries);

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("model file \"" + file + "\" has an unreadable coefficients.bin: ");
    }

    @Test
    void coefficients_of_another_network() throws IOException {
        Map<String, byte[]> entries = entries();
        Path other = folder.resolve("other.zip");
        ModelFile.write(
                other,
                new SavedModel(SmallNetworks.graph(DataType.FLOAT), null, InputShapes.UNKNOWN),
                UpdaterState.SAVED);
        entries.put(ModelFile.COEFFICIENTS, entries(other).get(ModelFile.COEFFICIENTS));
        rewrite(entries);

        assertRefused(
                file, "has an unreadable coefficients.bin: Invalid parameters: expected length 170, got length 32");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void weights_that_are_not_finite_in_layers(double value) {
        MultiLayerNetwork network = SmallNetworks.layers(DataType.DOUBLE);
        network.getLayer(0).getParam("W").putScalar(new int[] {1, 0, 2, 0}, value);
        ModelFile.write(file, new SavedModel(network, null, InputShapes.UNKNOWN), UpdaterState.SAVED);

        assertRefused(file, "must have finite weights, got " + value + " (layer \"conv\", parameter \"W\")");
    }

    @Test
    void weights_that_are_not_finite_in_a_graph() {
        ComputationGraph network = SmallNetworks.graph(DataType.FLOAT);
        network.getLayer("output").getParam("b").putScalar(1, Float.NaN);
        ModelFile.write(file, new SavedModel(network, null, InputShapes.UNKNOWN), UpdaterState.SAVED);

        assertRefused(file, "must have finite weights, got NaN (layer \"output\", parameter \"b\")");
    }
}
