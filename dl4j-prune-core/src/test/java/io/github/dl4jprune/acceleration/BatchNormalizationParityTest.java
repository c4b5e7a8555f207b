package io.github.dl4jprune.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BatchNormalizationParityTest {
    @org.junit.jupiter.api.AfterAll
    static void p() {
        System.err.println("MAX " + Parity.MAX);
    }
    /** One configuration of a batch normalisation of images. */
    record Variant(CNN2DFormat format, boolean logStd, boolean locked, int channels, double mean) {}

    static Stream<Variant> variants() {
        List<Variant> all = new ArrayList<>();
        for (CNN2DFormat format : CNN2DFormat.values()) {
            for (boolean logStd : new boolean[] {true, false}) {
                for (boolean locked :
                        format == CNN2DFormat.NCHW ? new boolean[] {true, false} : new boolean[] {false}) {
                    for (int channels : new int[] {1, 3, 16}) {
                        all.add(new Variant(format, logStd, locked, channels, 0));
                        all.add(new Variant(format, logStd, locked, channels, 2));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void images_equal_the_built_in_path(Variant v) {
        Nd4j.getRandom().setSeed(11);
        Parity parity =
                Parity.ofLayers(DataType.FLOAT, Parity.image(v.format, v.channels, 9, 8), layer(v.logStd, v.locked));

        assertThat(parity.fast().getLayer(0).getHelper() == null).isEqualTo(v.locked);
        parity.assertEqualOn(input(v, 4, 9, 8));
        parity.assertEqualOn(input(v, 2, 12, 11));
        parity.assertEqualOn(input(v, 4, 9, 8));
        parity.assertEqualOn(input(v, 1, 9, 8));
        parity.assertEqualOn(input(v, 16, 1, 1));
        parity.assertEqualOn(input(v, 4, 1, 2));
    }

    @Test
    void vectors_equal_the_built_in_path() {
        Nd4j.getRandom().setSeed(11);
        Parity parity = Parity.ofLayers(DataType.FLOAT, InputType.feedForward(6), layer(true, false));
        parity.assertEqualOn(Nd4j.randn(DataType.FLOAT, 16, 6).addi(1));
        parity.assertEqualOn(Nd4j.randn(DataType.FLOAT, 8, 6).addi(1));
    }

    private static BatchNormalization layer(boolean logStd, boolean locked) {
        return new BatchNormalization.Builder(locked)
                .useLogStd(logStd)
                .decay(0.8)
                .build();
    }

    private static INDArray input(Variant v, int batch, int height, int width) {
        INDArray noise = v.format == CNN2DFormat.NCHW
                ? Nd4j.randn(DataType.FLOAT, batch, v.channels, height, width)
                : Nd4j.randn(DataType.FLOAT, batch, height, width, v.channels);
        return noise.muli(2).addi(v.mean);
    }
}
