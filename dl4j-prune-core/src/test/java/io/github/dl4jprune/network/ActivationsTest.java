package io.github.dl4jprune.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.randomnetworks.LayerwiseForward;
import io.github.dl4jprune.randomnetworks.RandomNetwork;
import io.github.dl4jprune.randomnetworks.RandomNetworks;
import io.github.dl4jprune.testing.Networks;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Every activation is what its own layer put out, whatever the layers behind it do with it. */
class ActivationsTest {
    private static final INDArray INPUT = Nd4j.createFromArray(new double[][] {{1, -2, 3}, {-0.5, 0.25, -1}});

    @ParameterizedTest
    @EnumSource(WorkspaceMode.class)
    void a_layer_in_front_of_an_activation_layer_in_a_chain_keeps_its_values(WorkspaceMode mode) {
        MultiLayerNetwork network = chain(mode);

        Map<String, INDArray> activations = NetworkView.of(network).activations(INPUT.dup());

        INDArray dense = linear(NetworkView.of(network).parameters("dense"), INPUT);
        assertThat(dense.minNumber().doubleValue()).isNegative();
        assertThat(activations.get("dense")).isEqualTo(dense);
        assertThat(activations.get("relu")).isEqualTo(Transforms.relu(dense, true));
    }

    @ParameterizedTest
    @EnumSource(WorkspaceMode.class)
    void all_readers_of_a_layer_see_the_same_values(WorkspaceMode mode) {
        ComputationGraph network = fan(mode);
        NetworkView<ComputationGraph> view = NetworkView.of(network);

        Map<String, INDArray> activations = view.activations(INPUT.dup());

        INDArray dense = linear(view.parameters("dense"), INPUT);
        INDArray relu = Transforms.relu(dense, true);
        assertThat(activations.get("dense")).isEqualTo(dense);
        assertThat(activations.get("relu")).isEqualTo(relu);
        assertThat(activations.get("late")).isEqualTo(linear(view.parameters("late"), dense));
        assertThat(activations.get("sum")).isEqualTo(dense.add(relu));
    }

    @Test
    void the_last_activation_is_the_output() {
        MultiLayerNetwork chain = chain(WorkspaceMode.ENABLED);
        ComputationGraph graph = fan(WorkspaceMode.ENABLED);

        assertThat(NetworkView.of(chain).activations(INPUT.dup()).get("out")).isEqualTo(chain.output(INPUT));
        assertThat(NetworkView.of(graph).activations(INPUT.dup()).get("out"))
                .isEqualTo(graph.outputSingle(INPUT.dup()));
    }

    @Test
    void inputs_stay_as_they_are() {
        MultiLayerNetwork network = new MultiLayerNetwork(base(WorkspaceMode.ENABLED)
                .list()
                .layer(new ActivationLayer(Activation.RELU))
                .layer(output())
                .setInputType(InputType.feedForward(3))
                .build());
        network.init();
        INDArray input = INPUT.dup();

        NetworkView.of(network).activations(input);

        assertThat(input).isEqualTo(INPUT);
    }

    @Test
    void activations_outlive_the_workspace_they_were_made_in() {
        NetworkView<ComputationGraph> view = NetworkView.of(fan(WorkspaceMode.ENABLED));
        Map<String, INDArray> activations;

        try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().getAndActivateWorkspace("activations_outlive")) {
            activations = view.activations(INPUT.dup());
        }

        assertThat(activations.values()).noneMatch(INDArray::isAttached);
    }

    @Test
    void what_a_recurrent_layer_remembers_is_neither_read_nor_changed() {
        MultiLayerNetwork network = new MultiLayerNetwork(base(WorkspaceMode.ENABLED)
                .list()
                .layer(new LSTM.Builder().name("lstm").nOut(2).build())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE).nOut(2).build())
                .setInputType(InputType.recurrent(3, 4))
                .build());
        network.init();
        INDArray series = Nd4j.linspace(DataType.DOUBLE, -1, 0.1, 24).reshape(2, 3, 4);
        INDArray before = lstm(network, series);
        network.rnnTimeStep(series);
        INDArray remembered = state(network).dup();

        INDArray after = lstm(network, series);

        assertThat(after).isEqualTo(before);
        assertThat(state(network)).isEqualTo(remembered);
    }

    @Test
    void random_networks_give_what_a_layerwise_run_gives() {
        for (long seed = 100; seed < 120; seed++) {
            RandomNetwork random = RandomNetworks.of(seed);
            Map<String, INDArray> expected =
                    LayerwiseForward.of(random.network()).run(random.inputs()).outputs();

            Map<String, INDArray> activations = NetworkView.of(random.network()).activations(random.inputs());

            activations.forEach((name, activation) -> assertThat(
                            activation.distance2(Objects.requireNonNull(expected.get(name), name)))
                    .as("%s of %s", name, random.description())
                    .isLessThan(1e-12));
        }
    }

    private static INDArray lstm(MultiLayerNetwork network, INDArray series) {
        return Objects.requireNonNull(
                NetworkView.of(network).activations(series).get("lstm"));
    }

    private static INDArray state(MultiLayerNetwork network) {
        return Objects.requireNonNull(network.rnnGetPreviousState(0).get("prevAct"));
    }

    private static INDArray linear(Map<String, INDArray> parameters, INDArray input) {
        return input.mmul(Objects.requireNonNull(parameters.get("W")))
                .addRowVector(Objects.requireNonNull(parameters.get("b")));
    }

    private static MultiLayerNetwork chain(WorkspaceMode mode) {
        MultiLayerNetwork network = new MultiLayerNetwork(base(mode)
                .list()
                .layer(dense(4, "dense"))
                .layer(new ActivationLayer.Builder()
                        .activation(Activation.RELU)
                        .name("relu")
                        .build())
                .layer(output())
                .setInputType(InputType.feedForward(3))
                .build());
        network.init();
        return network;
    }

    /** One dense layer, read by an activation layer, then by another dense layer and a sum. */
    private static ComputationGraph fan(WorkspaceMode mode) {
        ComputationGraph network = new ComputationGraph(base(mode)
                .graphBuilder()
                .addInputs("in")
                .addLayer("dense", dense(4, "dense"), "in")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "dense")
                .addLayer("late", dense(4, "late"), "dense")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "dense", "relu")
                .addVertex("all", new ElementWiseVertex(ElementWiseVertex.Op.Add), "sum", "late")
                .addLayer("out", output(), "all")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(3))
                .build());
        network.init();
        return network;
    }

    private static NeuralNetConfiguration.Builder base(WorkspaceMode mode) {
        return Networks.builder(new NoOp())
                .activation(Activation.IDENTITY)
                .inferenceWorkspaceMode(mode)
                .biasInit(0.1);
    }

    private static DenseLayer dense(int units, String name) {
        return new DenseLayer.Builder().nOut(units).name(name).build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE).nOut(2).name("out").build();
    }
}
