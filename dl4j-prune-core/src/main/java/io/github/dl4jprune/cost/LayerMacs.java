package io.github.dl4jprune.cost;

/**
 * Multiply-adds of one layer as a function of its widths: the sum of {@code perInput * in}, {@code perOutput * out},
 * {@code perPair * in * out} and {@code perSquare * out * out}.
 *
 * @param perInput a depthwise stage: so many for each input channel
 * @param perOutput so many for each unit
 * @param perPair so many for each pair of input channel and unit
 * @param perSquare a recurrence: so many for each pair of units
 */
record LayerMacs(long perInput, long perOutput, long perPair, long perSquare) {
    static final LayerMacs NONE = new LayerMacs(0, 0, 0, 0);

    static LayerMacs perPair(long count) {
        return new LayerMacs(0, 0, count, 0);
    }

    LayerMacs times(long factor) {
        return new LayerMacs(perInput * factor, perOutput * factor, perPair * factor, perSquare * factor);
    }

    long at(long in, long out) {
        return perInput * in + perOutput * out + perPair * in * out + perSquare * out * out;
    }
}
