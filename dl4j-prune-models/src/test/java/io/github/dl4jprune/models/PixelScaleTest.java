package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.factory.Nd4j;

class PixelScaleTest {
    @ParameterizedTest
    @CsvSource({
        // python3: [(51 / 255 - m) / s for m, s in ((.485, .229), (.456, .224), (.406, .225))]
        "IMAGENET, -1.244541484716157, -1.1428571428571428, -0.9155555555555556",
        "SYMMETRIC, -0.6, -0.6, -0.6",
        "UNIT, 0.2, 0.2, 0.2",
        "RAW, 51, 51, 51"
    })
    void a_pixel_of_51_becomes(PixelScale scale, double red, double green, double blue) {
        INDArray pixels = Nd4j.valueArrayOf(new long[] {2, 3, 1, 1}, 51.0, DataType.DOUBLE);

        scale.normalizer().transform(pixels);

        assertThat(pixels.data().asDouble())
                .containsExactly(new double[] {red, green, blue, red, green, blue}, within(1e-12));
    }

    @Test
    void raw_leaves_every_float_pixel_exactly_as_it_is() {
        float[] all = new float[256];
        IntStream.range(0, 256).forEach(value -> all[value] = value);
        INDArray pixels = Nd4j.createFromArray(all).reshape(1, 1, 16, 16);

        PixelScale.RAW.normalizer().transform(pixels);

        assertThat(pixels.data().asFloat()).containsExactly(all);
    }

    @ParameterizedTest
    @EnumSource
    void a_normaliser_acts_the_same_after_a_round_trip_through_a_model_file(PixelScale scale, @TempDir Path folder)
            throws IOException {
        Path file = folder.resolve("model.zip");
        Outputs.save(
                new ImportedModel(new LeNet5().build(ModelOptions.defaults()), scale.normalizer(), List.of()), file);
        INDArray pixels = Nd4j.linspace(0, 255, 24, DataType.FLOAT).reshape(2, 3, 2, 2);
        INDArray expected = pixels.dup();
        scale.normalizer().transform(expected);

        DataNormalization restored = ModelSerializer.restoreNormalizerFromFile(file.toFile());
        restored.transform(pixels);

        assertThat(pixels).isEqualTo(expected);
    }
}
