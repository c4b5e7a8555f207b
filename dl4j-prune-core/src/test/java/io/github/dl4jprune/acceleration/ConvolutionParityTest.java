package io.github.dl4jprune.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ConvolutionParityTest {
    @org.junit.jupiter.api.AfterAll
    static void p() {
        System.err.println("MAX " + Parity.MAX);
    }
    /** One configuration of a convolution. */
    record Variant(
            int kernel,
            int stride,
            int dilation,
            int padding,
            ConvolutionMode mode,
            boolean bias,
            CNN2DFormat format) {}

    static Stream<Variant> variants() {
        List<Variant> all = new ArrayList<>();
        for (CNN2DFormat format : CNN2DFormat.values()) {
            for (boolean bias : new boolean[] {true, false}) {
                for (int kernel : new int[] {1, 2, 3, 4, 5, 7}) {
                    for (int stride : new int[] {1, 2}) {
                        for (int dilation : kernel == 1 ? new int[] {1} : new int[] {1, 2}) {
                            all.add(new Variant(kernel, stride, dilation, 0, ConvolutionMode.Truncate, bias, format));
                            all.add(new Variant(kernel, stride, dilation, 0, ConvolutionMode.Same, bias, format));
                            if (kernel > 1)
                                all.add(new Variant(
                                        kernel, stride, dilation, kernel / 2, ConvolutionMode.Truncate, bias, format));
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void outputs_and_gradients_equal_the_built_in_path(Variant v) {
        Nd4j.getRandom().setSeed(11);
        Parity parity = Parity.ofLayers(DataType.FLOAT, Parity.image(v.format, 3, 15, 14), convolution(v));

        assertThat(parity.fast().getLayer(0).getHelper()).isInstanceOf(OneDnnConvolution.class);
        parity.assertEqualOn(input(v.format, 4, 15, 14));
        parity.assertEqualOn(input(v.format, 2, 18, 17));
        parity.assertEqualOn(input(v.format, 4, 15, 14));
    }

    private static ConvolutionLayer convolution(Variant v) {
        return new ConvolutionLayer.Builder(v.kernel, v.kernel)
                .stride(v.stride, v.stride)
                .dilation(v.dilation, v.dilation)
                .padding(v.padding, v.padding)
                .convolutionMode(v.mode)
                .hasBias(v.bias)
                .dataFormat(v.format)
                .nOut(5)
                .activation(Activation.TANH)
                .build();
    }

    private static INDArray input(CNN2DFormat format, int batch, int height, int width) {
        return format == CNN2DFormat.NCHW
                ? Nd4j.randn(DataType.FLOAT, batch, 3, height, width)
                : Nd4j.randn(DataType.FLOAT, batch, height, width, 3);
    }
}
