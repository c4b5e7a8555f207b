package io.github.dl4jprune.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.compression.CompressedFile;
import io.github.dl4jprune.compression.SharedModel;
import io.github.dl4jprune.compression.SharingPlan;
import io.github.dl4jprune.randomnetworks.RandomNetwork;
import io.github.dl4jprune.randomnetworks.RandomNetworks;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class SparseInferenceTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @CsvSource({
        "3, 1, 1, 1, Truncate",
        "3, 2, 1, 0, Truncate",
        "5, 3, 1, 2, Truncate",
        "3, 1, 2, 2, Truncate",
        "3, 2, 3, 1, Truncate",
        "1, 1, 1, 0, Truncate",
        "1, 2, 1, 0, Truncate",
        "3, 1, 1, 0, Same",
        "4, 2, 1, 0, Same",
        "2, 3, 2, 0, Same",
        "3, 2, 1, 1, Strict"
    })
    void convolutions_of_every_geometry_equal_the_dense_ones(
            int kernel, int stride, int dilation, int padding, ConvolutionMode mode) {
        MultiLayerNetwork network = network(new ConvolutionLayer.Builder(kernel, kernel + 1 - kernel % 2)
                .stride(stride, mode == ConvolutionMode.Strict ? 2 : 1)
                .dilation(dilation, 1)
                .padding(padding, padding)
                .convolutionMode(mode)
                .nOut(5)
                .build());
        sparsify(network, 0.7);

        for (int examples : new int[] {1, 3}) {
            INDArray input = Nd4j.rand(DataType.FLOAT, examples, 4, 11, 13);
            SparseNetwork<MultiLayerNetwork> sparse = new SparseInference(0).of(network, input);
            assertThat(sparse.choices()).extracting(LayerChoice::layer).containsExactly("first", "layer1");
            equalOutputs(sparse.network().output(input), network.output(input));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void random_networks_of_both_types_keep_their_outputs(long seed) {
        RandomNetwork drawn = RandomNetworks.of(seed);
        Model single = single(drawn.network());
        sparsify(single, 0.6);
        INDArray[] inputs = new INDArray[drawn.inputs().length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = drawn.inputs()[i].castTo(DataType.FLOAT);
        }

        Model sparse = new SparseInference(0).of(single, inputs).network();

        INDArray[] expected = outputs(single, inputs);
        INDArray[] actual = outputs(sparse, inputs);
        for (int i = 0; i < expected.length; i++) {
            equalOutputs(actual[i], expected[i]);
        }
    }

    @Test
    void the_compressed_form_is_run_and_chosen_from_by_time() {
        MultiLayerNetwork network =
                network(new ConvolutionLayer.Builder(3, 3).nOut(6).build());
        sparsify(network, 0.9);
        SharedModel shared = new SharingPlan.Builder().build().share(network);
        shared.applyTo(network);
        byte[] bytes = CompressedFile.encode(new SavedModel(network, null, InputShapes.UNKNOWN), shared);
        INDArray input = Nd4j.rand(DataType.FLOAT, 1, 4, 11, 13);

        SparseNetwork<Model> sparse = new SparseInference(3).of(CompressedFile.decode(Path.of("a"), bytes), input);

        equalOutputs(((MultiLayerNetwork) sparse.network()).output(input), network.output(input));
        assertThat(sparse.choices()).hasSize(2).allSatisfy(choice -> {
            assertThat(choice.sparse()).isEqualTo(choice.sparseMillis() < choice.denseMillis());
            assertThat(choice.breakEven()).isBetween(0.0, 1.0);
            assertThat(choice.density()).isBetween(0.01, 0.3);
        });
    }

    @Test
    void training_a_replaced_layer_is_refused() {
        MultiLayerNetwork network =
                network(new ConvolutionLayer.Builder(3, 3).nOut(6).build());
        INDArray input = Nd4j.rand(DataType.FLOAT, 1, 4, 11, 13);
        MultiLayerNetwork sparse = new SparseInference(0).of(network, input).network();

        assertThatThrownBy(() -> sparse.fit(
                        new DataSet(input, Nd4j.eye(3).castTo(DataType.FLOAT).getRow(0, true))))
                .hasMessage("layer \"first\" is sparse and only infers; train the network it was made from");
    }

    @Test
    void double_networks_run_as_they_are() {
        MultiLayerNetwork network =
                network(new ConvolutionLayer.Builder(3, 3).nOut(6).build());
        MultiLayerNetwork wide = network.convertDataType(DataType.DOUBLE);
        INDArray input = Nd4j.rand(DataType.DOUBLE, 1, 4, 11, 13);

        SparseNetwork<MultiLayerNetwork> sparse = new SparseInference(0).of(wide, input);

        assertThat(sparse.choices()).isEmpty();
        assertThat(sparse.network().output(input)).isEqualTo(wide.output(input));
    }

    private static MultiLayerNetwork network(ConvolutionLayer first) {
        first.setLayerName("first");
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(4)
                .list()
                .layer(first)
                .layer(new DenseLayer.Builder()
                        .nOut(7)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(11, 13, 4))
                .build());
        network.init();
        return network;
    }

    private static Model single(Model network) {
        return network instanceof MultiLayerNetwork layers
                ? layers.convertDataType(DataType.FLOAT)
                : ((ComputationGraph) network).convertDataType(DataType.FLOAT);
    }

    private static void sparsify(Model network, double sparsity) {
        float[] values = network.params().toFloatVector();
        Random random = new Random(9);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < sparsity ? 0 : values[i];
        }
        network.params()
                .assign(Nd4j.createFromArray(values).reshape(network.params().shape()));
    }

    private static INDArray[] outputs(Model network, INDArray[] inputs) {
        return network instanceof MultiLayerNetwork layers
                ? new INDArray[] {layers.output(inputs[0].dup())}
                : ((ComputationGraph) network).output(inputs);
    }

    private static void equalOutputs(INDArray actual, INDArray expected) {
        assertThat(actual.shape()).containsExactly(expected.shape());
        double scale = Math.max(1e-30, expected.amaxNumber().doubleValue());
        assertThat(actual.sub(expected).amaxNumber().doubleValue() / scale).isLessThan(TOLERANCE);
    }
}
