package io.github.dl4jprune.storage;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shape of one example for every network input, in the order of the inputs and in the axis order that the network
 * wants: {@code [3, 32, 32]} for an NCHW image, {@code [32, 32, 3]} for NHWC, {@code [784]} for a vector, {@code [features,
 * -1]} for a series of any length. DL4J does not store these, and multiply-adds depend on them.
 *
 * @param shapes one shape a network input; empty: unknown
 */
public record InputShapes(List<List<Long>> shapes) {
    /** Nothing is known. */
    public static final InputShapes UNKNOWN = new InputShapes(List.of());

    /** Copies and checks: every size positive, or -1 for a free number of time steps. */
    public InputShapes {
        for (List<Long> shape : shapes) {
            if (shape == null || shape.contains(null)) {
                throw new IllegalArgumentException("input shape must be a list of numbers, got " + shape);
            }
        }
        shapes = shapes.stream().map(List::copyOf).toList();
        for (List<Long> shape : shapes) {
            if (shape.isEmpty() || shape.stream().anyMatch(size -> size != -1 && size < 1)) {
                throw new IllegalArgumentException("input shape must have sizes >= 1 (or -1: free), got " + shape);
            }
        }
    }

    /**
     * Shapes from arrays.
     *
     * @param shapes one array a network input
     * @return the same as lists
     */
    public static InputShapes of(long[]... shapes) {
        return new InputShapes(Arrays.stream(shapes)
                .map(shape -> Arrays.stream(shape).boxed().toList())
                .toList());
    }

    /**
     * Whether any shape is known.
     *
     * @return false for {@link #UNKNOWN}
     */
    public boolean known() {
        return !shapes.isEmpty();
    }

    /**
     * All shapes as arrays.
     *
     * @return the sizes of one example without the batch axis, one array a network input
     */
    public List<long[]> arrays() {
        return IntStream.range(0, shapes.size()).mapToObj(this::shape).toList();
    }

    /**
     * The shape of one example of one input.
     *
     * @param input index of the network input, from 0
     * @return its sizes without the batch axis
     * @throws IndexOutOfBoundsException if the shape of that input is unknown
     */
    public long[] shape(int input) {
        return shapes.get(input).stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * The shape of a batch of one input.
     *
     * @param input index of the network input, from 0
     * @param examples size of the batch axis, which comes first
     * @return {@code [examples, sizes...]}
     */
    public long[] batch(int input, long examples) {
        long[] shape = shape(input);
        long[] batch = new long[shape.length + 1];
        batch[0] = examples;
        System.arraycopy(shape, 0, batch, 1, shape.length);
        return batch;
    }
}
