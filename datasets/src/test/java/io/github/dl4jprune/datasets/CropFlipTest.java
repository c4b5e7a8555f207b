package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CropFlipTest {
    private static final int SIDE = 10;
    private static final ImageShape SHAPE = new ImageShape(2, SIDE, SIDE);

    private final LabeledImages images = Samples.counting(1, SHAPE);

    @Test
    void every_result_is_a_shifted_and_possibly_mirrored_copy_padded_with_the_channel_mean() {
        Set<Integer> seen = new HashSet<>();
        CropFlip cropFlip = new CropFlip(images);
        float[] target = new float[3 + SHAPE.bytes()];

        for (int seed = 0; seed < 2_000; seed++) {
            cropFlip.write(0, new SplittableRandom(seed), target, 3);
            seen.add(variant(target, 3));
        }

        // 9 x 9 shifts, mirrored or not
        assertThat(seen).hasSize(162).doesNotContain(-1);
    }

    @Test
    void half_of_the_results_are_mirrored() {
        CropFlip cropFlip = new CropFlip(images);
        float[] target = new float[SHAPE.bytes()];
        int mirrored = 0;

        for (int seed = 0; seed < 2_000; seed++) {
            cropFlip.write(0, new SplittableRandom(seed), target, 0);
            mirrored += variant(target, 0) % 2;
        }

        // five standard deviations of a fair coin
        assertThat(mirrored).isBetween(888, 1_112);
    }

    @Test
    void images_smaller_than_the_padding_may_be_shifted_out_of_sight() {
        LabeledImages tiny = Samples.counting(1, new ImageShape(1, 2, 2));
        CropFlip cropFlip = new CropFlip(tiny);
        List<Float> values = new ArrayList<>();
        float[] target = new float[4];

        for (int seed = 0; seed < 500; seed++) {
            cropFlip.write(0, new SplittableRandom(seed), target, 0);
            for (float value : target) {
                values.add(value);
            }
        }

        assertThat(values).containsOnly(0f, 1f, 2f, 3f, 1.5f);
    }

    /** Which of the 162 variants this is, odd when mirrored; -1 if none. */
    private int variant(float[] pixels, int at) {
        for (int variant = 0; variant < 162; variant++) {
            if (matches(pixels, at, variant / 2 / 9 - 4, variant / 2 % 9 - 4, variant % 2 == 1)) {
                return variant;
            }
        }
        return -1;
    }

    private boolean matches(float[] pixels, int at, int down, int right, boolean flip) {
        for (int i = 0; i < SHAPE.bytes(); i++) {
            int channel = i / SHAPE.plane();
            int row = i / SIDE % SIDE + down;
            int column = (flip ? SIDE - 1 - i % SIDE : i % SIDE) + right;
            boolean inside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
            // channel 0 holds 0 to 99, channel 1 holds 100 to 199
            float expected = inside ? images.pixel(0, channel, row, column) : 49.5f + 100 * channel;
            if (pixels[at + i] != expected) {
                return false;
            }
        }
        return true;
    }
}
