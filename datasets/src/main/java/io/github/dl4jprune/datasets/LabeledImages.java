package io.github.dl4jprune.datasets;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * An immutable set of labelled images in memory, one byte per pixel and channel.
 *
 * <p>All images lie in one byte array, example after example; within an example the channels are planes (red, green,
 * blue), each row by row: index {@code ((example * channels + channel) * height + row) * width + column}. CIFAR-10 needs
 * 154 MB this way where floats would need 614 MB. {@link #slice} and {@link #take} share the array.
 */
public final class LabeledImages implements Serializable {
    private final ImageShape shape;
    private final List<String> classNames;
    private final byte[] pixels;
    private final int[] labels;
    private final int first;
    private final int examples;

    private LabeledImages(LabeledImages parent, int from, int examples) {
        this.shape = parent.shape;
        this.classNames = parent.classNames;
        this.pixels = parent.pixels;
        this.labels = parent.labels;
        this.first = parent.first + from;
        this.examples = examples;
    }

    private LabeledImages(ImageShape shape, List<String> classNames, byte[] pixels, int[] labels) {
        this.shape = shape;
        this.classNames = List.copyOf(classNames);
        this.pixels = pixels;
        this.labels = labels;
        this.first = 0;
        this.examples = labels.length;
        validate();
    }

    /**
     * Makes a set from copies of the arrays.
     *
     * @param shape size of every image
     * @param classNames one name per class, in label order
     * @param pixels the images, example after example, channels as planes; {@code labels.length * shape.bytes()} bytes
     * @param labels one label per example, in [0, classNames.size())
     * @return the set
     * @throws IllegalArgumentException if the lengths do not agree or a label is out of range
     */
    public static LabeledImages of(ImageShape shape, List<String> classNames, byte[] pixels, int[] labels) {
        return new LabeledImages(shape, classNames, pixels.clone(), labels.clone());
    }

    /** As {@link #of}, but the arrays are taken over: the caller must not touch them again. */
    static LabeledImages owning(ImageShape shape, List<String> classNames, byte[] pixels, int[] labels) {
        return new LabeledImages(shape, classNames, pixels, labels);
    }

    private void validate() {
        long needed = (long) labels.length * shape.bytes();
        if (needed != pixels.length) {
            throw new IllegalArgumentException("images: %d examples of %s need %d bytes, got %d"
                    .formatted(labels.length, shape, needed, pixels.length));
        }
        for (int label : labels) {
            if (label < 0 || label >= classNames.size()) {
                throw new IllegalArgumentException(
                        "images: label must be in [0, %d), got %d".formatted(classNames.size(), label));
            }
        }
    }

    /**
     * Number of images.
     *
     * @return the number of examples
     */
    public int examples() {
        return examples;
    }

    /**
     * Size of every image.
     *
     * @return channels, height and width
     */
    public ImageShape shape() {
        return shape;
    }

    /**
     * Names of the classes in label order.
     *
     * @return an immutable list
     */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * Number of classes.
     *
     * @return {@code classNames().size()}
     */
    public int classes() {
        return classNames.size();
    }

    /**
     * Label of one example.
     *
     * @param example index in [0, examples())
     * @return the label, in [0, classes())
     * @throws IndexOutOfBoundsException if the index is out of range
     */
    public int label(int example) {
        return labels[first + Objects.checkIndex(example, examples)];
    }

    /**
     * One pixel.
     *
     * @param example index in [0, examples())
     * @param channel index in [0, channels)
     * @param row index in [0, height)
     * @param column index in [0, width)
     * @return the value, 0 to 255
     * @throws IndexOutOfBoundsException if an index is out of range
     */
    public int pixel(int example, int channel, int row, int column) {
        int c = Objects.checkIndex(channel, shape.channels());
        int y = Objects.checkIndex(row, shape.height());
        int x = Objects.checkIndex(column, shape.width());
        return pixels[offset(example) + (c * shape.height() + y) * shape.width() + x] & 0xFF;
    }

    /**
     * The first examples of this set.
     *
     * @param n how many; at least 1
     * @return the first {@code min(n, examples())} examples, sharing memory with this set
     * @throws IllegalArgumentException if n is below 1
     */
    public LabeledImages take(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("examples: must be >= 1, got " + n);
        }
        return slice(0, Math.min(n, examples));
    }

    /**
     * A contiguous part of this set.
     *
     * @param from first example, inclusive
     * @param to last example, exclusive
     * @return examples {@code from} to {@code to - 1}, sharing memory with this set
     * @throws IndexOutOfBoundsException unless 0 &lt;= from &lt;= to &lt;= examples()
     */
    public LabeledImages slice(int from, int to) {
        Objects.checkFromToIndex(from, to, examples);
        return new LabeledImages(this, from, to - from);
    }

    /**
     * Mean pixel of each channel over all examples.
     *
     * @return one mean in [0, 255] per channel; zeros if the set is empty
     */
    public double[] channelMeans() {
        long[] sums = new long[shape.channels()];
        int plane = shape.plane();
        for (int example = 0; example < examples; example++) {
            int at = offset(example);
            for (int channel = 0; channel < sums.length; channel++, at += plane) {
                sums[channel] += sum(at, plane);
            }
        }
        double[] means = new double[sums.length];
        for (int channel = 0; channel < means.length; channel++) {
            means[channel] = examples == 0 ? 0 : (double) sums[channel] / ((double) examples * plane);
        }
        return means;
    }

    private long sum(int from, int length) {
        long sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += pixels[i] & 0xFF;
        }
        return sum;
    }

    /** The shared array behind this set, read-only by agreement within the package. */
    byte[] pixels() {
        return pixels;
    }

    /** Where an example begins in {@link #pixels()}. */
    int offset(int example) {
        return (first + Objects.checkIndex(example, examples)) * shape.bytes();
    }

    @Override
    public String toString() {
        return "LabeledImages(%d examples of %s, %d classes)".formatted(examples, shape, classes());
    }
}
