package io.github.dl4jprune.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ConvolutionParityTest {
    private static final Variant COMMON =
            new Variant(3, 1, 1, 1, ConvolutionMode.Truncate, false, CNN2DFormat.NCHW, Activation.IDENTITY);

    /** One configuration of a convolution. */
    record Variant(
            int kernel,
            int stride,
            int dilation,
            int padding,
            ConvolutionMode mode,
            boolean bias,
            CNN2DFormat format,
            Activation activation) {
        ConvolutionLayer layer() {
            return new ConvolutionLayer.Builder(kernel, kernel)
                    .stride(stride, stride)
                    .dilation(dilation, dilation)
                    .padding(padding, padding)
                    .convolutionMode(mode)
                    .hasBias(bias)
                    .dataFormat(format)
                    .nOut(5)
                    .activation(activation)
                    .build();
        }

        Parity parity() {
            return Parity.ofLayers(DataType.FLOAT, InputType.convolutional(15, 14, 3, format), layer());
        }
    }

    static Stream<Variant> variants() {
        List<Variant> all = new ArrayList<>();
        for (CNN2DFormat format : CNN2DFormat.values()) {
            for (int kernel : new int[] {1, 2, 3, 4, 5, 7}) {
                for (int stride : new int[] {1, 2}) {
                    addVariants(all, kernel, stride, format);
                }
            }
            all.add(new Variant(3, 1, 2, 2, ConvolutionMode.Truncate, true, format, Activation.IDENTITY));
            all.add(new Variant(2, 2, 2, 0, ConvolutionMode.Same, false, format, Activation.IDENTITY));
        }
        return all.stream();
    }

    private static void addVariants(List<Variant> all, int kernel, int stride, CNN2DFormat format) {
        ConvolutionMode truncate = ConvolutionMode.Truncate;
        ConvolutionMode same = ConvolutionMode.Same;
        Activation tanh = Activation.TANH;
        Activation none = Activation.IDENTITY;
        int half = kernel / 2;
        all.add(new Variant(kernel, stride, 1, 0, truncate, true, format, tanh));
        all.add(new Variant(kernel, stride, 1, 0, truncate, false, format, none));
        all.add(new Variant(kernel, stride, 1, 0, same, true, format, none));
        all.add(new Variant(kernel, stride, 1, 0, same, false, format, tanh));
        all.add(new Variant(kernel, stride, 1, half, truncate, kernel % 2 == 0, format, none));
    }

    @BeforeEach
    void seed() {
        Nd4j.getRandom().setSeed(11);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void every_variant_equals_the_built_in_path_while_sizes_change(Variant variant) {
        Parity parity = variant.parity();

        assertThat(parity.fast().getLayer(0).getHelper()).isInstanceOf(OneDnnConvolution.class);
        parity.assertEqualOn(Parity.images(variant.format, 3, 3, 15, 14));
        parity.assertEqualOn(Parity.images(variant.format, 2, 3, 18, 17));
    }

    @ParameterizedTest
    @EnumSource(
            value = Activation.class,
            names = {"RELU", "LEAKYRELU", "ELU", "SIGMOID", "SWISH", "RELU6", "SOFTPLUS", "HARDSIGMOID"})
    void every_activation_equals_the_built_in_path(Activation activation) {
        new Variant(3, 1, 1, 0, ConvolutionMode.Same, true, CNN2DFormat.NCHW, activation)
                .parity()
                .assertEqualOn(Parity.images(CNN2DFormat.NCHW, 3, 3, 15, 14));
    }

    @Test
    void strided_views_and_column_major_input_equal_the_built_in_path() {
        Parity parity = COMMON.parity();

        parity.assertEqualOn(Parity.images(CNN2DFormat.NHWC, 3, 3, 15, 14).permute(0, 3, 1, 2));
        parity.assertEqualOn(Parity.images(CNN2DFormat.NCHW, 3, 3, 15, 14).dup('f'));
    }

    @Test
    void a_repeated_forward_pass_on_the_same_array_sees_new_weights() {
        MultiLayerNetwork fast = COMMON.parity().fast();
        INDArray input = Parity.images(CNN2DFormat.NCHW, 2, 3, 15, 14);
        INDArray before = fast.feedForward(input, true).get(1).dup();

        fast.params().muli(2);

        Parity.assertClose("output", fast.feedForward(input, true).get(1), before.mul(2));
    }

    @Test
    void errors_from_outside_flow_back_as_on_the_built_in_path() {
        Parity parity = COMMON.parity();
        parity.fast().setParams(parity.plain().params());
        INDArray input = Parity.images(CNN2DFormat.NCHW, 2, 3, 15, 14);
        INDArray error = Parity.images(CNN2DFormat.NCHW, 2, 5, 15, 14);

        Pair<Gradient, INDArray> expected = backward(parity.plain(), input, error);
        Pair<Gradient, INDArray> actual = backward(parity.fast(), input, error);

        Parity.assertClose(
                "gradient",
                actual.getFirst().getGradientFor("W"),
                expected.getFirst().getGradientFor("W"));
        Parity.assertClose("gradient of the input", actual.getSecond(), expected.getSecond());
    }

    private static Pair<Gradient, INDArray> backward(MultiLayerNetwork network, INDArray input, INDArray error) {
        network.initGradientsView();
        network.setInput(input);
        network.feedForward(true, false);
        return network.getLayer(0).backpropGradient(error, LayerWorkspaceMgr.noWorkspaces());
    }

    @Test
    void double_runs_on_the_built_in_path_bit_by_bit() {
        Parity parity = Parity.ofLayers(DataType.DOUBLE, InputType.convolutional(15, 14, 3), COMMON.layer());
        INDArray input = Nd4j.randn(DataType.DOUBLE, 2, 3, 15, 14);
        parity.fast().setParams(parity.plain().params());

        assertThat(parity.fast().output(input)).isEqualTo(parity.plain().output(input));
    }
}
