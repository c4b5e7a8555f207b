package io.github.dl4jprune.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class SubsamplingParityTest {
    /** One configuration of a pooling layer. */
    record Variant(
            PoolingType type,
            int kernel,
            int stride,
            int padding,
            ConvolutionMode mode,
            boolean divisor,
            CNN2DFormat format) {}

    static Stream<Variant> variants() {
        List<Variant> all = new ArrayList<>();
        for (CNN2DFormat format : CNN2DFormat.values()) {
            for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.PNORM)) {
                for (boolean divisor : type == PoolingType.AVG ? new boolean[] {true, false} : new boolean[] {false}) {
                    for (int kernel : new int[] {2, 3}) {
                        for (int stride : new int[] {1, 2}) {
                            all.add(new Variant(type, kernel, stride, 0, ConvolutionMode.Truncate, divisor, format));
                            all.add(new Variant(type, kernel, stride, 0, ConvolutionMode.Same, divisor, format));
                            all.add(new Variant(type, kernel, stride, 1, ConvolutionMode.Truncate, divisor, format));
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
        Parity parity = Parity.ofLayers(DataType.FLOAT, InputType.convolutional(9, 8, 3, v.format), layer(v));

        assertThat(parity.fast().getLayer(0).getHelper()).isNull();
        parity.assertEqualOn(Parity.images(v.format, 4, 3, 9, 8));
        parity.assertEqualOn(Parity.images(v.format, 2, 3, 12, 11));
    }

    private static SubsamplingLayer layer(Variant v) {
        SubsamplingLayer.Builder builder = new SubsamplingLayer.Builder(v.type)
                .kernelSize(v.kernel, v.kernel)
                .stride(v.stride, v.stride)
                .padding(v.padding, v.padding)
                .convolutionMode(v.mode)
                .dataFormat(v.format)
                .avgPoolIncludePadInDivisor(v.divisor);
        return (v.type == PoolingType.PNORM ? builder.pnorm(2) : builder).build();
    }
}
