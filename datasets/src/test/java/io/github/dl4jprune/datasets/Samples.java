package io.github.dl4jprune.datasets;

import java.util.List;

/** Small sets for tests. */
final class Samples {
    private Samples() {}

    /** Images of the given shape whose bytes count up from 0, with labels 0, 1, 2, 0, 1, 2, ... */
    static LabeledImages counting(int examples, ImageShape shape) {
        byte[] pixels = new byte[examples * shape.bytes()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        int[] labels = new int[examples];
        for (int i = 0; i < examples; i++) {
            labels[i] = i % 3;
        }
        return LabeledImages.of(shape, List.of("a", "b", "c"), pixels, labels);
    }
}
