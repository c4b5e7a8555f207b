package io.github.dl4jprune.folding;

import static io.github.dl4jprune.folding.FoldingNetworks.chain;
import static io.github.dl4jprune.folding.FoldingNetworks.convolution;
import static io.github.dl4jprune.folding.FoldingNetworks.output;
import static io.github.dl4jprune.folding.FoldingNetworks.padded;
import static io.github.dl4jprune.folding.FoldingNetworks.pooling;
import static io.github.dl4jprune.folding.FoldingNetworks.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.folding.FoldingReport.Fold;
import io.github.dl4jprune.folding.FoldingReport.Target;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Where a window reaches over the border, a constant is heard less than inside. */
class FoldingAtBordersTest {
    private static final double EQUAL = 1e-10;
    private final INDArray images = Nd4j.rand(DataType.DOUBLE, 3, 2, 7, 7);

    @Test
    void under_a_padded_window_the_inside_is_exact_and_the_border_measured() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 1, Activation.SIGMOID))
                .layer(padded("second", Activation.IDENTITY))
                .layer(new CnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {1, 2}), images);

        assertThat(held.report().folds()).containsExactly(new Fold("second", Target.BIAS, 2, false));
        assertThat(held.report().exact()).isFalse();
        assertThat(held.report().comparison().maxAbsoluteDifference())
                .isGreaterThan(0.01)
                .isCloseTo(held.error(), within(1e-15));
        assertThat(Held.distance(inside(held.folded()), inside(held.held()))).isLessThan(EQUAL);
        assertThat(Held.distance(inside(held.shrunk()), inside(held.held()))).isGreaterThan(0.01);
    }

    @Test
    void a_padding_layer_makes_the_layer_behind_it_inexact() {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 3, Activation.SIGMOID))
                .layer(new ZeroPaddingLayer(1, 1))
                .layer(convolution("second", 3, 3))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));

        Held held = Held.of(network, Map.of("first", new int[] {1, 2}), images);

        assertThat(held.report().folds().get(0)).isEqualTo(new Fold("second", Target.BIAS, 2, false));
        assertThat(held.error()).isGreaterThan(1e-3);
    }

    @Test
    void a_maximum_leaves_padding_out_and_a_mean_may_not() {
        Held maximum = pooledAtBorders(PoolingType.MAX);
        Held mean = pooledAtBorders(PoolingType.AVG);

        assertThat(maximum.report().folds()).containsExactly(new Fold("layer2", Target.BIAS, 2, true));
        assertThat(maximum.error()).isLessThan(EQUAL);
        assertThat(mean.report().folds()).containsExactly(new Fold("layer2", Target.BIAS, 2, false));
    }

    /** Windows of 2x2 over images of 7x7, and all that is held is below zero. */
    private Held pooledAtBorders(PoolingType type) {
        MultiLayerNetwork network = started(chain().layer(convolution("first", 4, 1))
                .layer(pooling(type, ConvolutionMode.Same, CNN2DFormat.NCHW))
                .layer(output())
                .setInputType(InputType.convolutional(7, 7, 2)));
        network.getLayer(0).getParam("b").assign(-0.5);
        return Held.of(network, Map.of("first", new int[] {1, 2}), images);
    }

    private static INDArray inside(INDArray image) {
        return image.get(
                NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(1, 6), NDArrayIndex.interval(1, 6));
    }
}
