package io.github.dl4jprune.models;

import java.util.Arrays;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a checkpoint expects of its pixels. The normaliser of each turns raw pixels {@code x} in 0..255, RGB, NCHW, FLOAT
 * or DOUBLE, into that, in place, and survives in a model zip.
 */
public enum PixelScale {
    /** {@code x}: raw pixels. The normaliser changes nothing, whatever the layout. */
    RAW {
        @Override
        public DataNormalization normalizer() {
            return new ImagePreProcessingScaler(0, 255);
        }
    },
    /** {@code x / 255}, whatever the layout. */
    UNIT {
        @Override
        public DataNormalization normalizer() {
            return new ImagePreProcessingScaler(0, 1);
        }
    },
    /** {@code (x / 255 - 0.5) / 0.5}: from -1 to 1, whatever the layout. */
    SYMMETRIC {
        @Override
        public DataNormalization normalizer() {
            return new ImagePreProcessingScaler(-1, 1);
        }
    },
    /**
     * {@code (x / 255 - mean) / deviation} with the means (.485, .456, .406) and deviations (.229, .224, .225) of
     * ImageNet's red, green and blue. NCHW only.
     */
    IMAGENET {
        @Override
        public DataNormalization normalizer() {
            double[] mean = {0.485, 0.456, 0.406};
            double[] deviation = {0.229, 0.224, 0.225};
            return new NormalizerStandardize(
                    Nd4j.createFromArray(new double[][] {times255(mean)}),
                    Nd4j.createFromArray(new double[][] {times255(deviation)}));
        }
    };

    /**
     * A normaliser from raw pixels to this scale.
     *
     * @return a new normaliser that needs no fitting
     */
    public abstract DataNormalization normalizer();

    private static double[] times255(double[] values) {
        return Arrays.stream(values).map(value -> value * 255).toArray();
    }
}
