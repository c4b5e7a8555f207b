package io.github.dl4jprune.datasets;

import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Minibatches of {@link LabeledImages} for {@code fit} and {@code evaluate}.
 *
 * <p>Features are raw pixels, 0 to 255, [batch, channels, height, width]; labels are one-hot, [batch, classes]. The
 * pre-processor, if any, sees NCHW; with {@link CNN2DFormat#NHWC} the features are permuted after it to [batch, height,
 * width, channels]. The last batch of an epoch may be smaller.
 *
 * <p>Order and augmentation of an epoch depend on the seed and the number of the epoch alone, never on the batch size or
 * on what was read before, so a resumed run sees what an uninterrupted one would have seen: see {@link #resumeAt}. {@link
 * #reset} begins the next epoch. The global random generator is not touched. Not thread-safe; prefetching is declined,
 * as filling a batch of 128 CIFAR images takes about a millisecond.
 *
 * <pre>{@code
 * DataSetIterator train = new ImageIterator.Builder(images)
 *         .batch(128)
 *         .shuffle(42)
 *         .augmentation(Augmentation.CROP_FLIP)
 *         .build();
 * train.setPreProcessor(normaliser);
 * network.fit(train, 10);
 * }</pre>
 */
public final class ImageIterator implements DataSetIterator {
    private final LabeledImages images;
    private final int batch;
    private final @Nullable Long seed;
    private final @Nullable CropFlip cropFlip;
    private final CNN2DFormat format;
    private final DataType dataType;

    private @Nullable DataSetPreProcessor preProcessor;
    private EpochOrder order;
    private int cursor;
    private boolean untouched = true;

    private ImageIterator(Builder builder) {
        this.images = builder.images;
        this.batch = builder.batch;
        this.seed = builder.seed;
        this.cropFlip = builder.augmentation == Augmentation.CROP_FLIP ? new CropFlip(images) : null;
        this.format = builder.format;
        this.dataType = builder.dataType;
        this.order = new EpochOrder(seed, 0, images.examples());
    }

    /**
     * Number of the current epoch.
     *
     * @return the epoch, from 0
     */
    public int epoch() {
        return order.epoch();
    }

    /**
     * Goes to the beginning of an epoch.
     *
     * @param epoch the epoch, from 0
     * @throws IllegalArgumentException if the epoch is negative
     */
    public void epoch(int epoch) {
        resumeAt(epoch, 0);
    }

    /**
     * Goes to where an interrupted run stopped.
     *
     * @param epoch the epoch, from 0
     * @param batches how many batches of that epoch are done already
     * @throws IllegalArgumentException if a number is negative or the epoch has fewer batches
     */
    public void resumeAt(int epoch, int batches) {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch: must be >= 0, got " + epoch);
        }
        if (batches < 0 || batches > batches()) {
            throw new IllegalArgumentException("batches: must be in [0, %d], got %d".formatted(batches(), batches));
        }
        order = new EpochOrder(seed, epoch, images.examples());
        cursor = (int) Math.min((long) batches * batch, images.examples());
        untouched = batches == 0;
    }

    /**
     * Number of batches of an epoch, a smaller last one included.
     *
     * @return ceil(examples / batch)
     */
    public int batches() {
        return (images.examples() - 1) / batch + 1;
    }

    @Override
    public boolean hasNext() {
        return cursor < images.examples();
    }

    @Override
    public DataSet next() {
        return next(batch);
    }

    /**
     * The next examples.
     *
     * @param num how many at most; at least 1
     * @return that many examples, or as many as the epoch has left
     * @throws IllegalArgumentException if {@code num} is below 1
     * @throws NoSuchElementException if the epoch is over
     */
    @Override
    public DataSet next(int num) {
        if (num < 1) {
            throw new IllegalArgumentException("num: must be >= 1, got " + num);
        }
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch is over: reset() begins the next");
        }
        int examples = Math.min(num, images.examples() - cursor);
        DataSet data = new DataSet(features(examples), labels(examples));
        cursor += examples;
        untouched = false;
        if (preProcessor != null) {
            preProcessor.preProcess(data);
        }
        if (format == CNN2DFormat.NHWC) {
            data.setFeatures(data.getFeatures().permute(0, 2, 3, 1).dup('c'));
        }
        return data;
    }

    private INDArray features(int examples) {
        ImageShape shape = images.shape();
        float[] values = new float[Math.multiplyExact(examples, shape.bytes())];
        for (int i = 0; i < examples; i++) {
            int example = order.example(cursor + i);
            if (cropFlip != null) {
                cropFlip.write(example, order.random(cursor + i), values, i * shape.bytes());
            } else {
                copy(images.offset(example), values, i * shape.bytes());
            }
        }
        long[] sizes = {examples, shape.channels(), shape.height(), shape.width()};
        return Nd4j.create(values, sizes, 'c').castTo(dataType);
    }

    private void copy(int from, float[] target, int at) {
        byte[] pixels = images.pixels();
        for (int i = 0; i < images.shape().bytes(); i++) {
            target[at + i] = pixels[from + i] & 0xFF;
        }
    }

    private INDArray labels(int examples) {
        float[] oneHot = new float[examples * images.classes()];
        for (int i = 0; i < examples; i++) {
            oneHot[i * images.classes() + images.label(order.example(cursor + i))] = 1;
        }
        return Nd4j.create(oneHot, new long[] {examples, images.classes()}, 'c').castTo(dataType);
    }

    /** Begins the next epoch, or stays at the beginning of this one if nothing of it was read. */
    @Override
    public void reset() {
        if (!untouched) {
            epoch(order.epoch() + 1);
        }
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    /** No: the images are in memory already, and a prefetching thread would only run ahead of the epoch. */
    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public int batch() {
        return batch;
    }

    /** Values of one example: channels x height x width. */
    @Override
    public int inputColumns() {
        return images.shape().bytes();
    }

    @Override
    public int totalOutcomes() {
        return images.classes();
    }

    @Override
    public List<String> getLabels() {
        return images.classNames();
    }

    @Override
    public void setPreProcessor(@Nullable DataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public @Nullable DataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }

    /** Collects the settings of an {@link ImageIterator}: without any, batches of 32 in file order, NCHW, FLOAT. */
    public static final class Builder {
        private final LabeledImages images;
        private int batch = 32;
        private @Nullable Long seed;
        private Augmentation augmentation = Augmentation.NONE;
        private CNN2DFormat format = CNN2DFormat.NCHW;
        private DataType dataType = DataType.FLOAT;

        /**
         * Begins with the images.
         *
         * @param images what to iterate over; at least one
         * @throws IllegalArgumentException if there are none
         */
        public Builder(LabeledImages images) {
            if (images.examples() == 0) {
                throw new IllegalArgumentException("images: must be at least 1, got 0");
            }
            this.images = images;
        }

        /**
         * Size of a batch.
         *
         * @param examples how many examples; at least 1
         * @return this
         * @throws IllegalArgumentException if below 1
         */
        public Builder batch(int examples) {
            if (examples < 1) {
                throw new IllegalArgumentException("batch: must be >= 1, got " + examples);
            }
            this.batch = examples;
            return this;
        }

        /**
         * Visits the examples in another random order each epoch, instead of file order.
         *
         * @param seed determines, with the number of the epoch, order and augmentation
         * @return this
         */
        public Builder shuffle(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Random changes to the images.
         *
         * @param augmentation what to do; anything but NONE needs {@link #shuffle}, whose seed it uses
         * @return this
         */
        public Builder augmentation(Augmentation augmentation) {
            this.augmentation = augmentation;
            return this;
        }

        /**
         * Axis order of the features.
         *
         * @param format NCHW or NHWC
         * @return this
         */
        public Builder format(CNN2DFormat format) {
            this.format = format;
            return this;
        }

        /**
         * Data type of features and labels.
         *
         * @param dataType FLOAT or DOUBLE
         * @return this
         * @throws IllegalArgumentException if it is another
         */
        public Builder dataType(DataType dataType) {
            if (dataType != DataType.FLOAT && dataType != DataType.DOUBLE) {
                throw new IllegalArgumentException("data type: must be FLOAT or DOUBLE, got " + dataType);
            }
            this.dataType = dataType;
            return this;
        }

        /**
         * Makes the iterator.
         *
         * @return the iterator, at the beginning of epoch 0
         * @throws IllegalArgumentException if there is an augmentation but no seed
         */
        public ImageIterator build() {
            if (augmentation != Augmentation.NONE && seed == null) {
                throw new IllegalArgumentException(
                        "augmentation: %s needs a seed, call shuffle(seed)".formatted(augmentation));
            }
            return new ImageIterator(this);
        }
    }
}
