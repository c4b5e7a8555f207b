package io.github.dl4jprune.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.testing.Networks;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class LayerRowsTest {
    private static final int EXAMPLES = 3;

    @ParameterizedTest
    @CsvSource({
        "NCHW, Same, 3, 2, 1, 1, 0",
        "NCHW, Same, 2, 3, 2, 1, 0",
        "NCHW, Same, 3, 3, 1, 2, 0",
        "NCHW, Truncate, 3, 2, 2, 1, 1",
        "NCHW, Truncate, 1, 1, 1, 1, 0",
        "NHWC, Same, 3, 2, 2, 1, 0",
        "NHWC, Truncate, 2, 3, 1, 2, 1"
    })
    void rows_times_weights_are_what_a_convolution_puts_out(
            CNN2DFormat format, ConvolutionMode mode, int height, int width, int stride, int dilation, int padding) {
        ConvolutionLayer layer = new ConvolutionLayer.Builder(height, width)
                .nOut(4)
                .hasBias(false)
                .stride(stride, stride)
                .dilation(dilation, dilation)
                .padding(padding, padding)
                .convolutionMode(mode)
                .dataFormat(format)
                .activation(Activation.IDENTITY)
                .build();
        MultiLayerNetwork network = network(layer, InputType.convolutional(7, 6, 2, format));
        INDArray images = format == CNN2DFormat.NCHW
                ? Nd4j.rand(DataType.DOUBLE, EXAMPLES, 2, 7, 6)
                : Nd4j.rand(DataType.DOUBLE, EXAMPLES, 7, 6, 2);

        INDArray expected = network.feedForwardToLayer(0, images).get(1);

        INDArray last = format == CNN2DFormat.NCHW ? expected.permute(0, 2, 3, 1) : expected;
        assertThat(product(network, images)).isEqualTo(last.dup('c').reshape(-1, 4));
    }

    @Test
    void a_row_of_a_dense_layer_is_its_input() {
        DenseLayer layer = new DenseLayer.Builder()
                .nOut(4)
                .hasBias(false)
                .activation(Activation.IDENTITY)
                .build();
        MultiLayerNetwork network = network(layer, InputType.feedForward(5));
        INDArray inputs = Nd4j.rand(DataType.DOUBLE, EXAMPLES, 5);

        assertThat(product(network, inputs))
                .isEqualTo(network.feedForwardToLayer(0, inputs).get(1));
    }

    @Test
    void chosen_positions_are_the_rows_at_those_positions() {
        ConvolutionLayer layer = new ConvolutionLayer.Builder(3, 3).nOut(2).build();
        MultiLayerNetwork network = network(layer, InputType.convolutional(4, 4, 2));
        LayerRows rows = rows(network);
        INDArray images = Nd4j.rand(DataType.DOUBLE, 2, 2, 4, 4);
        INDArray all = rows.rows(images, positions(rows, images));

        INDArray some = rows.rows(images, new int[][] {{3, 0}, {15, 15}});

        assertThat(some.getRow(0)).isEqualTo(all.getRow(3));
        assertThat(some.getRow(1)).isEqualTo(all.getRow(0));
        assertThat(some.getRow(2)).isEqualTo(all.getRow(16 + 15));
        assertThat(some.getRow(3)).isEqualTo(all.getRow(16 + 15));
    }

    @Test
    void writing_what_was_read_changes_nothing() {
        ConvolutionLayer layer = new ConvolutionLayer.Builder(3, 2).nOut(4).build();
        MultiLayerNetwork network = network(layer, InputType.convolutional(4, 4, 2));
        INDArray weights = network.getLayer(0).getParam("W");
        INDArray before = weights.dup();

        rows(network).write(rows(network).matrix(weights), weights);

        assertThat(weights).isEqualTo(before);
        assertThat(weights.norm2Number().doubleValue()).isGreaterThan(0);
    }

    @Test
    void layers_that_are_no_single_product_have_no_rows() {
        assertThat(LayerRows.of(
                        new DepthwiseConvolution2D.Builder().kernelSize(3, 3).build()))
                .isEmpty();
        assertThat(LayerRows.of(new SeparableConvolution2D.Builder(3, 3).nOut(2).build()))
                .isEmpty();
        assertThat(LayerRows.of(
                        new DenseLayer.Builder().nOut(2).hasLayerNorm(true).build()))
                .isEmpty();
    }

    @Test
    void error_and_fit_are_those_of_least_squares() {
        INDArray x = Nd4j.createFromArray(new double[][] {{1, 0}, {0, 2}, {1, 1}});
        INDArray y = Nd4j.createFromArray(new double[][] {{1}, {4}, {3}});
        Moments moments = new Moments(2, 1);
        moments.add(x, y);

        INDArray fitted = moments.fit(Nd4j.zeros(DataType.DOUBLE, 2, 1), 1e-12);

        // y = x (1, 2) exactly; at 0 the whole of y is missed
        assertThat(fitted.getDouble(0)).isCloseTo(1, within(1e-9));
        assertThat(fitted.getDouble(1)).isCloseTo(2, within(1e-9));
        assertThat(moments.error(Nd4j.zeros(DataType.DOUBLE, 2, 1))).isEqualTo(1);
        assertThat(moments.error(fitted)).isLessThan(1e-7);
        assertThat(moments.rows()).isEqualTo(3);
    }

    @Test
    void a_strong_ridge_leaves_the_weights_where_they_were() {
        Moments moments = new Moments(1, 1);
        moments.add(Nd4j.createFromArray(new double[][] {{2}}), Nd4j.createFromArray(new double[][] {{6}}));

        // 2 w = 6 and λ m = 4: (4 + 4) (w - 1) = 12 - 4
        assertThat(moments.fit(Nd4j.ones(DataType.DOUBLE, 1, 1), 1).getDouble(0))
                .isCloseTo(2, within(1e-12));
    }

    private static MultiLayerNetwork network(Layer layer, InputType input) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new Sgd(0.1))
                .list()
                .layer(layer)
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(input)
                .build());
        network.init();
        return network;
    }

    private static LayerRows rows(MultiLayerNetwork network) {
        return LayerRows.of(network.getLayerWiseConfigurations().getConf(0).getLayer())
                .orElseThrow();
    }

    private static INDArray product(MultiLayerNetwork network, INDArray read) {
        LayerRows rows = rows(network);
        return rows.rows(read, positions(rows, read))
                .mmul(rows.matrix(network.getLayer(0).getParam("W")));
    }

    private static int[][] positions(LayerRows rows, INDArray read) {
        int[] all = IntStream.range(0, rows.positions(read)).toArray();
        return IntStream.range(0, (int) read.size(0)).mapToObj(i -> all).toArray(int[][]::new);
    }
}
