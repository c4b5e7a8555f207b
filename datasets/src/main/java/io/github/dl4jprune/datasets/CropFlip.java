package io.github.dl4jprune.datasets;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Writes shifted and mirrored copies of images: crop after padding, then flip. See {@link Augmentation#CROP_FLIP}. */
final class CropFlip implements Serializable {
    private static final int PADDING = 4;

    private final LabeledImages images;
    private final float[] fill;

    CropFlip(LabeledImages images) {
        this.images = images;
        double[] means = images.channelMeans();
        this.fill = new float[means.length];
        for (int channel = 0; channel < fill.length; channel++) {
            fill[channel] = (float) means[channel];
        }
    }

    /** Writes one example as floats, changed by the draws of {@code random}. */
    void write(int example, SplittableRandom random, float[] target, int at) {
        ImageShape shape = images.shape();
        int down = random.nextInt(2 * PADDING + 1) - PADDING;
        int right = random.nextInt(2 * PADDING + 1) - PADDING;
        boolean flip = random.nextBoolean();
        int source = images.offset(example);
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = 0; y < shape.height(); y++, at += shape.width()) {
                int from = y + down;
                if (from < 0 || from >= shape.height()) {
                    Arrays.fill(target, at, at + shape.width(), fill[channel]);
                } else {
                    row(source + (channel * shape.height() + from) * shape.width(), right, fill[channel], target, at);
                    if (flip) {
                        reverse(target, at, shape.width());
                    }
                }
            }
        }
    }

    private void row(int source, int right, float padding, float[] target, int at) {
        byte[] pixels = images.pixels();
        int width = images.shape().width();
        int low = Math.min(width, Math.max(0, -right));
        int high = Math.max(low, Math.min(width, width - right));
        Arrays.fill(target, at, at + low, padding);
        for (int x = low; x < high; x++) {
            target[at + x] = pixels[source + right + x] & 0xFF;
        }
        Arrays.fill(target, at + high, at + width, padding);
    }

    private static void reverse(float[] row, int at, int length) {
        for (int low = at, high = at + length - 1; low < high; low++, high--) {
            float value = row[low];
            row[low] = row[high];
            row[high] = value;
        }
    }
}
