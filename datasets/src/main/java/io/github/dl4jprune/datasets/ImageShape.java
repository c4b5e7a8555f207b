package io.github.dl4jprune.datasets;

import java.io.Serializable;

/**
 * Size of one image: channels, rows, columns.
 *
 * @param channels number of channels, 3 for RGB and 1 for grey; at least 1
 * @param height rows; at least 1
 * @param width columns; at least 1
 */
public record ImageShape(int channels, int height, int width) implements Serializable {
    /**
     * Validates the sizes.
     *
     * @throws IllegalArgumentException if a size is below 1 or an image would need 2^31 bytes or more
     */
    public ImageShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "image shape: every size must be >= 1, got %d x %d x %d".formatted(channels, height, width));
        }
        Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }

    /**
     * Bytes of one image: channels x height x width.
     *
     * @return the number of bytes, one per pixel and channel
     */
    public int bytes() {
        return channels * height * width;
    }

    /**
     * Bytes of one channel: height x width.
     *
     * @return the number of pixels
     */
    public int plane() {
        return height * width;
    }

    @Override
    public String toString() {
        return channels + " x " + height + " x " + width;
    }
}
