package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.selection.Granularity;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's gradient of pooling by p-norm is 0 / 0 in a window of zeros. */
class NormPoolingTest {
    private final DataSet images =
            new DataSet(Nd4j.rand(DataType.DOUBLE, 3, 2, 4, 4), Nd4j.create(new double[][] {{1, 0}, {0, 1}, {1, 0}}));

    enum Pooling {
        LOCAL,
        GLOBAL;

        Layer layer() {
            return this == LOCAL
                    ? new SubsamplingLayer.Builder(
                                    SubsamplingLayer.PoolingType.PNORM, new int[] {2, 2}, new int[] {2, 2})
                            .pnorm(2)
                            .build()
                    : new GlobalPoolingLayer.Builder(PoolingType.PNORM).pnorm(2).build();
        }
    }

    private static MultiLayerNetwork layered(Pooling pooling, Activation activation) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .list()
                .layer(convolution(activation))
                .layer(pooling.layer())
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(4, 4, 2))
                .build());
        network.init();
        return network;
    }

    private static ComputationGraph graph(Pooling pooling, Activation activation) {
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("in")
                .addLayer("conv", convolution(activation), "in")
                .addLayer("pool", pooling.layer(), "conv")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "pool")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(4, 4, 2))
                .build());
        network.init();
        return network;
    }

    private static ConvolutionLayer convolution(Activation activation) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .padding(1, 1)
                .activation(activation)
                .build();
    }

    private static StaticPruningListener half() {
        return new StaticPruningListener.Builder()
                .granularity(Granularity.FILTER)
                .sparsity(0.5)
                .build();
    }

    private static boolean finite(INDArray parameters) {
        return Double.isFinite(parameters.sumNumber().doubleValue());
    }

    @ParameterizedTest
    @EnumSource
    void a_filter_held_at_zero_before_it_makes_a_network_nan_in_one_step(Pooling pooling) {
        MultiLayerNetwork network = layered(pooling, Activation.IDENTITY);
        network.getLayer(0).getParam("W").slice(0).assign(0);

        network.fit(images);

        assertThat(finite(network.params())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_filter_listener_refuses_to_begin(Pooling pooling) {
        assertThatIllegalStateException()
                .isThrownBy(() -> half().attach(graph(pooling, Activation.RELU)))
                .withMessage(
                        "layer \"pool\" pools by p-norm, whose gradient is NaN where a whole window is 0: channels of"
                                + " \"conv\" must be ignored, or cut out by Pruner or PruningTrainer, not held at 0 while"
                                + " training");
        assertThatIllegalStateException()
                .isThrownBy(() -> half().attach(layered(pooling, Activation.RELU)))
                .withMessageContaining("channels of \"layer0\"");
    }

    @ParameterizedTest
    @EnumSource
    void behind_an_activation_function_that_makes_more_of_zero_it_trains(Pooling pooling) {
        MultiLayerNetwork network = layered(pooling, Activation.SIGMOID);
        half().attach(network);

        network.fit(images);

        assertThat(finite(network.params())).isTrue();
    }

    @Test
    void what_is_cut_out_trains() {
        ComputationGraph small = Pruner.of(graph(Pooling.LOCAL, Activation.IDENTITY))
                .sparsity(0.5)
                .prune()
                .network();

        small.fit(images);

        assertThat(small.layerSize("conv")).isEqualTo(2);
        assertThat(finite(small.params())).isTrue();
    }
}
