package io.github.dl4jprune.cost;

import java.util.TreeSet;

/**
 * The widths at which a layer is measured: about eight steps of its width, and 1. From 32 channels on the steps are
 * multiples of 4, from 64 on of 8, from 256 on of 16, where the steps of blocked kernels lie.
 */
public final class WidthGrid {
    private static final int STEPS = 8;
    private final int[] widths;

    private WidthGrid(int[] widths) {
        this.widths = widths;
    }

    /** The grid of a width that can be reduced. */
    public static WidthGrid of(int width) {
        TreeSet<Integer> widths = new TreeSet<>();
        widths.add(1);
        int step = step(width);
        for (int w = step; w < width; w += step) {
            widths.add(w);
        }
        widths.add(width);
        return new WidthGrid(widths.stream().mapToInt(w -> w).toArray());
    }

    /** The grid of a width that stays. */
    static WidthGrid fixed(int width) {
        return new WidthGrid(new int[] {width});
    }

    private static int step(int width) {
        int multiple = width >= 256 ? 16 : width >= 64 ? 8 : width >= 32 ? 4 : 1;
        int step = Math.max(1, ceil(width, STEPS));
        return ceil(step, multiple) * multiple;
    }

    private static int ceil(int value, int divisor) {
        return (value + divisor - 1) / divisor;
    }

    /** Whether a width is on the grid. */
    public boolean contains(int width) {
        return java.util.Arrays.binarySearch(widths, width) >= 0;
    }

    int size() {
        return widths.length;
    }

    /** The largest width on the grid that is no more than this one; the smallest, if none is. */
    int below(int width) {
        int result = widths[0];
        for (int w : widths) {
            result = w <= width ? w : result;
        }
        return result;
    }

    /** The smallest width on the grid that is no less than this one; the largest, if none is. */
    int above(int width) {
        for (int w : widths) {
            if (w >= width) {
                return w;
            }
        }
        return widths[widths.length - 1];
    }
}
