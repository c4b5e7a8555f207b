package io.github.dl4jprune.folding;

import static io.github.dl4jprune.folding.FoldingNetworks.chain;
import static io.github.dl4jprune.folding.FoldingNetworks.convolution;
import static io.github.dl4jprune.folding.FoldingNetworks.dense;
import static io.github.dl4jprune.folding.FoldingNetworks.graph;
import static io.github.dl4jprune.folding.FoldingNetworks.output;
import static io.github.dl4jprune.folding.FoldingNetworks.started;
import static io.github.dl4jprune.folding.FoldingNetworks.withoutBias;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.folding.FoldingReport.Fold;
import io.github.dl4jprune.folding.FoldingReport.Leftover;
import io.github.dl4jprune.folding.FoldingReport.Target;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What cannot be folded is left over, with the reason. */
class LeftoverConstantsTest {
    private static final double EQUAL = 1e-10;
    private final INDArray images = Nd4j.rand(DataType.DOUBLE, 3, 2, 7, 7);
    private final INDArray rows = Nd4j.rand(DataType.DOUBLE, 3, 4);

    @Test
    void without_bias_and_normalisation_the_constant_is_left_over_and_said_so() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID))
                .layer(withoutBias("second"))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {2, 3}), images);

        assertThat(held.report().folds()).isEmpty();
        assertThat(held.report().leftovers())
                .containsExactly(
                        new Leftover("second", 2, "it has no bias, nor a batch normalisation right behind it"));
        assertThat(held.folded()).isEqualTo(held.shrunk());
        assertThat(held.report().comparison().passed()).isTrue();
    }

    @Test
    void a_sum_over_pixels_is_not_followed() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID))
                .layer(new GlobalPoolingLayer(PoolingType.SUM))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {1, 2}), images);

        assertThat(held.report().leftovers())
                .containsExactly(new Leftover("layer2", 2, "SUM pooling of layer \"layer1\""));
        assertThat(held.folded()).isEqualTo(held.shrunk());
    }

    @Test
    void a_norm_over_channels_must_not_hear_a_constant() {
        ComputationGraph network = started(graph().addLayer("first", dense("first", 4, Activation.TANH), "in")
                .addVertex("norm", new L2NormalizeVertex(), "first")
                .addLayer("out", output(), "norm")
                .addLayer("other", output(), "first")
                .setOutputs("out", "other")
                .setInputTypes(InputType.feedForward(4)));

        Held held = Held.of(network, Map.of("first", new int[] {1}), rows);

        assertThat(held.report().leftovers())
                .containsExactlyInAnyOrder(
                        new Leftover("out", 1, "vertex \"norm\" takes the norm over all channels"),
                        new Leftover("other", 1, "vertex \"norm\" takes the norm over all channels"));
        assertThat(held.folded()).isEqualTo(held.shrunk());
    }

    @Test
    void recurrent_layers_hear_constants_and_emit_none() {
        INDArray series = Nd4j.rand(DataType.DOUBLE, 3, 4, 5);
        MultiLayerNetwork network = started(chain().layer(dense("first", 4, Activation.SIGMOID))
                .layer(new LSTM.Builder().name("memory").nOut(3).build())
                .layer(new RnnOutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(4)));

        Held heard = Held.of(network.clone(), Map.of("first", new int[] {1}), series);
        Held emitted = Held.of(network, Map.of("memory", new int[] {1}), series);

        assertThat(heard.report().folds()).containsExactly(new Fold("memory", Target.BIAS, 1, true));
        assertThat(heard.error()).isLessThan(EQUAL);
        assertThat(emitted.report().leftovers())
                .containsExactly(new Leftover("layer2", 1, "\"memory\" (LSTM) does not put out a constant"));
        assertThat(emitted.folded()).isEqualTo(emitted.shrunk());
    }
}
