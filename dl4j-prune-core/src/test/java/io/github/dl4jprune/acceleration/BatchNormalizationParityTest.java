package io.github.dl4jprune.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BatchNormalizationParityTest {
    /** One configuration of a batch normalisation of images; mean is that of the input, whose deviation is 2. */
    record Variant(CNN2DFormat format, boolean logStd, int channels, double mean) {
        INDArray input(int batch, int height, int width) {
            return Parity.images(format, batch, channels, height, width).muli(2).addi(mean);
        }
    }

    static Stream<Variant> variants() {
        List<Variant> all = new ArrayList<>();
        for (CNN2DFormat format : CNN2DFormat.values()) {
            for (int channels : new int[] {1, 3, 16}) {
                all.add(new Variant(format, true, channels, 0));
                all.add(new Variant(format, false, channels, 0));
                all.add(new Variant(format, true, channels, 2));
            }
        }
        return all.stream();
    }

    @BeforeEach
    void seed() {
        Nd4j.getRandom().setSeed(11);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void images_equal_the_built_in_path_while_sizes_change(Variant variant) {
        Parity parity = Parity.ofLayers(
                DataType.FLOAT,
                InputType.convolutional(9, 8, variant.channels, variant.format),
                layer(variant.format, variant.logStd, false));

        assertThat(parity.fast().getLayer(0).getHelper()).isInstanceOf(FastBatchNormalization.class);
        parity.assertEqualOn(variant.input(4, 9, 8));
        parity.assertEqualOn(variant.input(2, 12, 11));
        parity.assertEqualOn(variant.input(1, 9, 8));
        parity.assertEqualOn(variant.input(16, 1, 1));
        parity.assertEqualOn(variant.input(4, 1, 2));
    }

    @ParameterizedTest
    @EnumSource(CNN2DFormat.class)
    void vectors_equal_the_built_in_path(CNN2DFormat format) {
        Parity parity = Parity.ofLayers(DataType.FLOAT, InputType.feedForward(6), layer(format, true, false));

        parity.assertEqualOn(Nd4j.randn(DataType.FLOAT, 16, 6).addi(1));
        parity.assertEqualOn(Nd4j.randn(DataType.FLOAT, 8, 6).dup('f'));
    }

    @Test
    void strided_views_equal_the_built_in_path() {
        Parity parity =
                Parity.ofLayers(DataType.FLOAT, InputType.convolutional(9, 8, 3), layer(CNN2DFormat.NCHW, true, false));

        parity.assertEqualOn(Parity.images(CNN2DFormat.NHWC, 4, 3, 9, 8).permute(0, 3, 1, 2));
        parity.assertEqualOn(Parity.images(CNN2DFormat.NCHW, 4, 3, 9, 8).dup('f'));
    }

    @Test
    void locked_gamma_and_beta_stay_on_the_built_in_path() {
        Parity parity =
                Parity.ofLayers(DataType.FLOAT, InputType.convolutional(9, 8, 3), layer(CNN2DFormat.NCHW, true, true));

        assertThat(parity.fast().getLayer(0).getHelper()).isNull();
    }

    @Test
    void double_runs_on_the_built_in_path_bit_by_bit() {
        Parity parity = Parity.ofLayers(
                DataType.DOUBLE, InputType.convolutional(9, 8, 3), layer(CNN2DFormat.NCHW, true, false));
        INDArray input = Nd4j.randn(DataType.DOUBLE, 4, 3, 9, 8);
        parity.fast().setParams(parity.plain().params());

        assertThat(parity.fast().output(input)).isEqualTo(parity.plain().output(input));
    }

    private static BatchNormalization layer(CNN2DFormat format, boolean logStd, boolean locked) {
        return new BatchNormalization.Builder(locked)
                .dataFormat(format)
                .useLogStd(logStd)
                .decay(0.8)
                .build();
    }
}
