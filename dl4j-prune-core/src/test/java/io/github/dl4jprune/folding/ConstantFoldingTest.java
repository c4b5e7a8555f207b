package io.github.dl4jprune.folding;

import static io.github.dl4jprune.folding.FoldingNetworks.activation;
import static io.github.dl4jprune.folding.FoldingNetworks.chain;
import static io.github.dl4jprune.folding.FoldingNetworks.convolution;
import static io.github.dl4jprune.folding.FoldingNetworks.dense;
import static io.github.dl4jprune.folding.FoldingNetworks.output;
import static io.github.dl4jprune.folding.FoldingNetworks.padded;
import static io.github.dl4jprune.folding.FoldingNetworks.started;
import static io.github.dl4jprune.folding.FoldingNetworks.withoutBias;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.folding.FoldingReport.Fold;
import io.github.dl4jprune.folding.FoldingReport.Target;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a removed channel added goes into the bias or running mean of the layer that reads it. */
class ConstantFoldingTest {
    private static final double EQUAL = 1e-10;
    private final INDArray images = Nd4j.rand(DataType.DOUBLE, 3, 2, 7, 7);
    private final INDArray rows = Nd4j.rand(DataType.DOUBLE, 3, 4);

    @Test
    void a_dense_layer_takes_up_what_its_bias_can_say() {
        MultiLayerNetwork network = started(chain().layer(dense("first", 3, Activation.SIGMOID))
                .layer(dense("second", 2, Activation.TANH))
                .layer(output())
                .setInputType(InputType.feedForward(4)));
        double bias = network.getLayer(0).getParam("b").getDouble(1);
        double weight = network.getLayer(1).getParam("W").getDouble(1, 0);
        double before = network.getLayer(1).getParam("b").getDouble(0);

        Held held = Held.of(network, Map.of("first", new int[] {1}), rows);

        assertThat(held.report().folds()).containsExactly(new Fold("second", Target.BIAS, 1, true));
        assertThat(held.report().leftovers()).isEmpty();
        assertThat(Objects.requireNonNull(held.small().parameters("second").get("b"))
                        .getDouble(0))
                .isCloseTo(before + weight / (1 + Math.exp(-bias)), within(1e-14));
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void what_a_quiet_sigmoid_unit_did_is_kept() {
        MultiLayerNetwork network = started(chain().layer(dense("first", 3, Activation.SIGMOID))
                .layer(output())
                .setInputType(InputType.feedForward(4)));
        network.getLayer(0).getParam("W").getColumn(1).muli(1e-6);

        Held held = Held.of(network, Map.of("first", new int[] {1}), rows);

        assertThat(Held.distance(held.shrunk(), held.original())).isGreaterThan(1e-3);
        assertThat(Held.distance(held.folded(), held.original())).isLessThan(1e-6);
    }

    @Test
    void a_convolution_takes_up_the_shift_of_a_batch_normalisation() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3))
                .layer(new BatchNormalization())
                .layer(activation(Activation.SOFTPLUS))
                .layer(convolution("second", 3, 3))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {0, 3}), images);

        assertThat(held.report().folds()).containsExactly(new Fold("second", Target.BIAS, 2, true));
        assertThat(Held.distance(held.shrunk(), held.held())).isGreaterThan(1e-3);
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void a_constant_of_zero_needs_no_folding_even_at_a_border() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.RELU))
                .layer(padded("second", Activation.TANH))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));
        network.getLayer(0).getParam("b").assign(-0.5);

        Held held = Held.of(network, Map.of("first", new int[] {0, 3}), images);

        assertThat(held.report().folds()).isEmpty();
        assertThat(held.report().leftovers()).isEmpty();
        assertThat(held.error()).isLessThan(EQUAL);
    }

    @Test
    void a_running_mean_takes_it_up_where_there_is_no_bias() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID))
                .layer(withoutBias("second"))
                .layer(new BatchNormalization())
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {2}, "second", new int[] {1}), images);

        assertThat(held.report().folds())
                .containsExactly(
                        new Fold("second", Target.RUNNING_MEAN, 1, true), new Fold("layer3", Target.BIAS, 1, true));
        assertThat(Held.distance(held.shrunk(), held.held())).isGreaterThan(1e-3);
        assertThat(held.error()).isLessThan(EQUAL);
    }
}
