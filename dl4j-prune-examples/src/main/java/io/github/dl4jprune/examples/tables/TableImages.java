package io.github.dl4jprune.examples.tables;

import io.github.dl4jprune.datasets.Augmentation;
import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.LabeledImages;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.training.ModelEvaluation;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

/**
 * The images of a table, read once.
 *
 * @param train what is trained on
 * @param test what is evaluated on, once a row
 * @param normalizer the model's, if it has one
 */
record TableImages(
        LabeledImages train, LabeledImages test, @Nullable DataNormalization normalizer) {
    private static final int BATCH = 128;

    /** All images of a source, or its first {@code most} for training. */
    static TableImages read(String source, int most, @Nullable DataNormalization normalizer) {
        DataSource data = DataSource.parse(source);
        LabeledImages train = data.load(Split.TRAIN);
        return new TableImages(train.take(Math.min(most, train.examples())), data.load(Split.TEST), normalizer);
    }

    /** Training images in the order of a seed, cropped and flipped. */
    ImageIterator training(long seed) {
        return normalized(new ImageIterator.Builder(train)
                .batch(Math.min(BATCH, train.examples()))
                .shuffle(seed)
                .augmentation(Augmentation.CROP_FLIP)
                .build());
    }

    /** Training images as they are, in their order: what criteria look at. */
    ImageIterator plain(int most) {
        LabeledImages first = train.take(Math.min(most, train.examples()));
        return normalized(new ImageIterator.Builder(first)
                .batch(Math.min(BATCH, first.examples()))
                .build());
    }

    /** Test accuracy in per cent. */
    double accuracy(Model network) {
        ImageIterator images = normalized(new ImageIterator.Builder(test)
                .batch(Math.min(BATCH, test.examples()))
                .build());
        return 100 * ModelEvaluation.of(network, images).accuracy();
    }

    private ImageIterator normalized(ImageIterator images) {
        images.setPreProcessor(normalizer);
        return images;
    }
}
