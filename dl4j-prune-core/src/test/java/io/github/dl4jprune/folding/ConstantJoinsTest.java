package io.github.dl4jprune.folding;

import static io.github.dl4jprune.folding.FoldingNetworks.chain;
import static io.github.dl4jprune.folding.FoldingNetworks.convolution;
import static io.github.dl4jprune.folding.FoldingNetworks.dense;
import static io.github.dl4jprune.folding.FoldingNetworks.graph;
import static io.github.dl4jprune.folding.FoldingNetworks.output;
import static io.github.dl4jprune.folding.FoldingNetworks.pooling;
import static io.github.dl4jprune.folding.FoldingNetworks.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.folding.FoldingReport.Fold;
import io.github.dl4jprune.folding.FoldingReport.Target;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Constants of several layers meet in vertices, or are repeated by flattening. */
class ConstantJoinsTest {
    private static final double EQUAL = 1e-10;
    private final INDArray images = Nd4j.rand(DataType.DOUBLE, 3, 2, 7, 7);
    private final INDArray rows = Nd4j.rand(DataType.DOUBLE, 3, 4);

    @Test
    void constants_add_up_where_a_residual_sum_does() {
        ComputationGraph network = started(graph().addLayer("stem", convolution("stem", 4, 1), "in")
                .addLayer("branch", convolution("branch", 4, 1, Activation.SIGMOID), "stem")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "stem", "branch")
                .addLayer("next", convolution("next", 3, 3), "sum")
                .addLayer("out", output(), "next")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("stem", new int[] {1}, "branch", new int[] {1}), images);

        assertThat(held.report().folds())
                .containsExactly(new Fold("branch", Target.BIAS, 1, true), new Fold("next", Target.BIAS, 1, true));
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @ParameterizedTest
    @EnumSource(ElementWiseVertex.Op.class)
    void constants_combine_as_the_vertex_does(ElementWiseVertex.Op operation) {
        ComputationGraph network = started(graph().addLayer("left", dense("left", 4, Activation.SIGMOID), "in")
                .addLayer("right", dense("right", 4, Activation.TANH), "in")
                .addVertex("both", new ElementWiseVertex(operation), "left", "right")
                .addLayer("out", output(), "both")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(4)));

        Held held = Held.of(network, Map.of("left", new int[] {0, 1}, "right", new int[] {0, 1}), rows);

        assertThat(held.report().folds()).containsExactly(new Fold("out", Target.BIAS, 2, true));
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void merged_channels_keep_their_constants_apart() {
        ComputationGraph network = started(graph().addLayer("a", convolution("a", 3, 1), "in")
                .addLayer("b", convolution("b", 2, 1, Activation.SIGMOID), "in")
                .addVertex("both", new MergeVertex(), "a", "b", "a")
                .addLayer("next", convolution("next", 3, 3), "both")
                .addLayer("out", output(), "next")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("a", new int[] {2}, "b", new int[] {0}), images);

        assertThat(held.report().folds()).containsExactly(new Fold("next", Target.BIAS, 2, true));
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void flattening_repeats_a_constant_in_either_layout(CNN2DFormat format) {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID, format))
                .layer(pooling(PoolingType.AVG, ConvolutionMode.Truncate, format))
                .layer(dense("second", 3, Activation.TANH))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2, format)));
        INDArray input =
                format == CNN2DFormat.NCHW ? images : images.permute(0, 2, 3, 1).dup();

        Held held = Held.of(network, Map.of("first", new int[] {1, 2}), input);

        assertThat(held.report().folds()).containsExactly(new Fold("second", Target.BIAS, 2, true));
        assertThat(held.error()).isLessThan(EQUAL);
    }
}
