package io.github.dl4jprune.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ModelFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void a_multi_layer_network_comes_back_with_everything(DataType type) {
        Path file = folder.resolve("a model.zip");
        MultiLayerNetwork network = SmallNetworks.layers(type);
        network.setEpochCount(3);

        ModelFile.write(
                file,
                new SavedModel(network, new ImagePreProcessingScaler(), InputShapes.of(new long[] {1, 6, 6})),
                UpdaterState.SAVED);
        SavedModel read = ModelFile.read(file);

        MultiLayerNetwork restored = (MultiLayerNetwork) read.network();
        assertThat(restored.params()).isEqualTo(network.params());
        assertThat(restored.params().dataType()).isEqualTo(type);
        assertThat(restored.getIterationCount()).isEqualTo(2);
        assertThat(restored.getEpochCount()).isEqualTo(3);
        assertThat(restored.getUpdater(false).getStateViewArray())
                .isEqualTo(network.getUpdater().getStateViewArray());
        assertThat(read.normalizer()).isInstanceOf(ImagePreProcessingScaler.class);
        assertThat(read.inputShapes().shapes()).containsExactly(List.of(1L, 6L, 6L));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void a_graph_comes_back_with_everything(DataType type) {
        Path file = folder.resolve("graph.zip");
        ComputationGraph network = SmallNetworks.graph(type);

        ModelFile.write(file, new SavedModel(network, null, InputShapes.UNKNOWN), UpdaterState.SAVED);
        SavedModel read = ModelFile.read(file);

        ComputationGraph restored = (ComputationGraph) read.network();
        assertThat(restored.params()).isEqualTo(network.params());
        assertThat(restored.params().dataType()).isEqualTo(type);
        assertThat(restored.getIterationCount()).isEqualTo(1);
        assertThat(restored.getUpdater(false).getStateViewArray())
                .isEqualTo(network.getUpdater().getStateViewArray());
        assertThat(restored.getLayer("größe")).isNotNull();
        assertThat(read.normalizer()).isNull();
        assertThat(read.inputShapes().known()).isFalse();
    }

    @Test
    void plain_dl4j_opens_the_file() throws IOException {
        Path file = folder.resolve("model.zip");
        MultiLayerNetwork network = SmallNetworks.layers(DataType.DOUBLE);
        NormalizerStandardize normalizer =
                new NormalizerStandardize(Nd4j.ones(3), Nd4j.ones(3).mul(2));

        ModelFile.write(
                file, new SavedModel(network, normalizer, InputShapes.of(new long[] {1, 6, 6})), UpdaterState.SAVED);
        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file.toFile());

        assertThat(restored.params()).isEqualTo(network.params());
        assertThat(restored.getUpdater().getStateViewArray())
                .isEqualTo(network.getUpdater().getStateViewArray());
        assertThat(ModelSerializer.<NormalizerStandardize>restoreNormalizerFromFile(file.toFile()))
                .isEqualTo(normalizer);
    }

    @Test
    void a_file_of_plain_dl4j_is_read_and_its_objects_are_kept() throws IOException {
        Path file = folder.resolve("plain.zip");
        Path copy = folder.resolve("copy.zip");
        ModelSerializer.writeModel(SmallNetworks.layers(DataType.FLOAT), file.toFile(), true);
        ModelSerializer.addObjectToFile(file.toFile(), "labels", List.of("cat", "dog"));

        ModelFile.write(copy, ModelFile.read(file), UpdaterState.SAVED);

        assertThat(ModelFile.read(file).inputShapes()).isEqualTo(InputShapes.UNKNOWN);
        assertThat(ModelSerializer.<List<String>>getObjectFromFile(copy.toFile(), "labels"))
                .containsExactly("cat", "dog");
    }

    @Test
    void a_normaliser_of_several_inputs_is_carried_unread() throws IOException {
        Path file = folder.resolve("plain.zip");
        Path copy = folder.resolve("copy.zip");
        ModelSerializer.writeModel(SmallNetworks.graph(DataType.FLOAT), file.toFile(), true);
        MultiNormalizerStandardize normalizer = new MultiNormalizerStandardize();
        normalizer.fit(new MultiDataSet(Nd4j.rand(4, 3), Nd4j.rand(4, 2)));
        ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);

        SavedModel model = ModelFile.read(file);
        ModelFile.write(copy, model, UpdaterState.SAVED);

        assertThat(model.normalizer()).isNull();
        assertThat(ModelSerializer.<MultiNormalizerStandardize>restoreNormalizerFromFile(copy.toFile()))
                .isEqualTo(normalizer);
    }

    @Test
    void the_same_model_gives_the_same_bytes_and_they_are_counted_without_updater_state() throws IOException {
        SavedModel model = new SavedModel(SmallNetworks.layers(DataType.FLOAT), null, InputShapes.UNKNOWN);

        ModelFile.write(folder.resolve("a.zip"), model, UpdaterState.LEFT_OUT);
        ModelFile.write(folder.resolve("b.zip"), model, UpdaterState.LEFT_OUT);
        ModelFile.write(folder.resolve("c.zip"), model, UpdaterState.SAVED);

        assertThat(folder.resolve("b.zip")).hasSameBinaryContentAs(folder.resolve("a.zip"));
        assertThat(Files.size(folder.resolve("a.zip"))).isEqualTo(ModelFile.bytesWithoutUpdater(model));
        assertThat(Files.size(folder.resolve("c.zip"))).isGreaterThan(ModelFile.bytesWithoutUpdater(model));
        assertThat(names()).containsExactlyInAnyOrder("a.zip", "b.zip", "c.zip");
    }

    @Test
    void a_network_that_never_trained_gets_no_updater_by_being_saved() {
        MultiLayerNetwork network =
                new MultiLayerNetwork(SmallNetworks.layers(DataType.FLOAT).getLayerWiseConfigurations());
        network.init();
        SavedModel model = new SavedModel(network, null, InputShapes.UNKNOWN);

        ModelFile.write(folder.resolve("new.zip"), model, UpdaterState.SAVED);

        assertThat(folder.resolve("new.zip")).hasSize(ModelFile.bytesWithoutUpdater(model));
        assertThat(network.getUpdater(false)).isNull();
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_network_without_parameters_is_read() {
        MultiLayerNetwork pooling = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new GlobalPoolingLayer.Builder().build())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(4, 4, 3))
                .build());
        pooling.init();
        Path file = folder.resolve("pooling.zip");
        ModelFile.write(
                file, new SavedModel(pooling, null, InputShapes.of(new long[] {3, 4, 4})), UpdaterState.LEFT_OUT);

        assertThat(ModelFile.read(file).network().numParams()).isZero();
    }
}
