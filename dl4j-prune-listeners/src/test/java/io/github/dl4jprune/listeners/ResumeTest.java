package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.criterion.GeometricMedian;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.schedule.CubicSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

class ResumeTest {
    private static final int ITERATIONS = 10;
    private final List<DataSet> data = SmallNetworks.data(ITERATIONS, 8);

    @TempDir
    Path folder;

    static Stream<Supplier<PruningListener>> listeners() {
        Steps steps = new Steps(ScheduleType.ITERATION, 1, 9, 2);
        return Stream.of(
                () -> new StaticPruningListener.Builder().sparsity(0.5).build(),
                () -> new DynamicPruningListener.Builder()
                        .granularity(Granularity.WEIGHT)
                        .schedule(new CubicSparsity(0.1, 0.8, steps))
                        .build(),
                () -> new DynamicPruningListener.Builder()
                        .criterion(new GeometricMedian())
                        .schedule(new CubicSparsity(0, 0.6, steps))
                        .build(),
                () -> new SoftPruningListener.Builder()
                        .sparsity(0.5)
                        .every(2)
                        .unit(ScheduleType.ITERATION)
                        .end(8)
                        .build());
    }

    /** Adam-like state, a learning rate by iterations, and dropout: all that could go astray. */
    private static NeuralNetConfiguration.Builder configuration() {
        return SmallNetworks.builder(new AMSGrad(new StepSchedule(ScheduleType.ITERATION, 0.05, 0.5, 3)))
                .dropOut(0.8)
                .l2(1e-3);
    }

    @ParameterizedTest
    @MethodSource("listeners")
    void a_graph_goes_on_from_any_checkpoint_as_if_it_had_never_stopped(Supplier<PruningListener> listener) {
        ComputationGraph network = SmallNetworks.graph(configuration(), CNN2DFormat.NCHW);

        resumesExactly(network, listener);
    }

    @ParameterizedTest
    @MethodSource("listeners")
    void a_layered_network_goes_on_from_any_checkpoint_as_if_it_had_never_stopped(Supplier<PruningListener> listener) {
        MultiLayerNetwork network =
                SmallNetworks.layered(configuration(), SmallNetworks.layers(CNN2DFormat.NCHW, true));

        resumesExactly(network, listener);
    }

    private void resumesExactly(Model network, Supplier<PruningListener> factory) {
        PruningListener listener = factory.get();
        listener.attach(network);
        SeededIterations.attach(network, 5);
        network.addListeners(new PruningCheckpoints.Builder()
                .listener(listener)
                .every(1)
                .files(this::file)
                .build());
        train(network, 0);

        for (int iteration = 1; iteration < ITERATIONS; iteration++) {
            Nd4j.getRandom().setSeed(99);
            PruningListener resumed = factory.get();
            Model restored = PruningCheckpoints.resume(ModelFile.read(file(iteration)), resumed);
            SeededIterations.attach(restored, 5);
            train(restored, iteration);

            assertThat(restored.params()).isEqualTo(network.params());
            assertThat(updaterState(restored)).isEqualTo(updaterState(network));
            assertThat(resumed.state()).isEqualTo(listener.state());
            assertThat(resumed.weightMask()).isEqualTo(listener.weightMask());
        }
    }

    private Path file(int iteration) {
        return folder.resolve("checkpoint-" + iteration + ".zip");
    }

    private void train(Model network, int from) {
        for (DataSet batch : data.subList(from, ITERATIONS)) {
            if (network instanceof ComputationGraph graph) {
                graph.fit(batch);
            } else {
                ((MultiLayerNetwork) network).fit(batch);
            }
        }
    }

    private static INDArray updaterState(Model network) {
        return network instanceof ComputationGraph graph
                ? graph.getUpdater().getStateViewArray()
                : ((MultiLayerNetwork) network).getUpdater().getStateViewArray();
    }

    @Test
    void plain_dl4j_opens_a_checkpoint_and_strip_leaves_no_trace() throws IOException {
        ComputationGraph network = SmallNetworks.graph(configuration(), CNN2DFormat.NCHW);
        network.fit(data.get(0));
        PruningListener listener =
                new StaticPruningListener.Builder().sparsity(0.5).build();
        listener.attach(network);
        Path checkpoint = file(1);
        Path stripped = folder.resolve("stripped.zip");

        new PruningCheckpoints.Builder()
                .listener(listener)
                .files(this::file)
                .build()
                .save(network, checkpoint);
        ModelFile.strip(checkpoint, stripped);

        assertThat(ModelSerializer.restoreComputationGraph(checkpoint.toFile()).params())
                .isEqualTo(network.params());
        assertThat(ModelSerializer.restoreComputationGraph(stripped.toFile(), true)
                        .getUpdater()
                        .getStateViewArray())
                .isEqualTo(network.getUpdater().getStateViewArray());
        assertThat(PruningState.of(ModelFile.read(stripped))).isEmpty();
        assertThat(new String(Files.readAllBytes(checkpoint), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("dl4j-prune");
        assertThat(new String(Files.readAllBytes(stripped), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("dl4j-prune");
    }

    @Test
    void a_listener_built_otherwise_is_refused() {
        ComputationGraph network = SmallNetworks.graph(configuration(), CNN2DFormat.NCHW);
        PruningListener listener =
                new StaticPruningListener.Builder().sparsity(0.5).build();
        listener.attach(network);
        PruningListener other =
                new StaticPruningListener.Builder().sparsity(0.4).build();

        assertThatThrownBy(() -> other.resume(network, listener.state()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("listener must be built as the one that was saved: sparsity 0.5, got 0.4");
    }

    @Test
    void a_state_of_another_network_or_version_is_refused() {
        PruningListener listener =
                new StaticPruningListener.Builder().sparsity(0.5).build();
        listener.attach(SmallNetworks.graph(configuration(), CNN2DFormat.NCHW));
        MultiLayerNetwork other = SmallNetworks.layered(configuration(), SmallNetworks.layers(CNN2DFormat.NCHW, true));

        assertThatThrownBy(() -> new StaticPruningListener.Builder()
                        .sparsity(0.5)
                        .build()
                        .resume(other, listener.state()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pruning state must be of a network of these widths {");
        String newer = listener.state().toJson().replace("\"formatVersion\":1", "\"formatVersion\":2");
        assertThatThrownBy(() -> PruningState.fromJson(newer)).hasMessageContaining("format 1 to 1, got 2");
    }

    @Test
    void a_shrunk_network_leaves_the_state_behind() {
        ComputationGraph network = SmallNetworks.graph(configuration(), CNN2DFormat.NCHW);
        PruningListener listener =
                new StaticPruningListener.Builder().sparsity(0.5).build();
        listener.attach(network);
        SavedModel saved =
                listener.state().addTo(new SavedModel(network, null, io.github.dl4jprune.storage.InputShapes.UNKNOWN));

        assertThat(PruningState.of(saved)).contains(listener.state());
        assertThat(PruningState.of(saved.withNetwork(NetworkView.of(network).model())))
                .isEmpty();
    }
}
