package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.datasets.ImageShape;
import io.github.dl4jprune.datasets.LabeledImages;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.storage.SavedModel;
import java.util.Objects;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The three splits that training needs.
 *
 * @param train what is trained on, and what criteria look at
 * @param batches the same, shuffled and augmented
 * @param validation watched while training
 * @param test evaluated once, at the end
 */
public record TrainingImages(ModelImages train, ImageBatches batches, ModelImages validation, ModelImages test) {
    /** Loads what a configuration asks for. */
    public static TrainingImages load(SavedModel model, String data, TrainConfiguration configuration) {
        ModelImages train = ModelImages.load(model, data, Split.TRAIN, configuration.examples());
        new Batch("configuration key \"batch\"", configuration.batch()).requireTraining(model, train.examples());
        return new TrainingImages(
                train,
                new ImageBatches(
                        train, configuration.batch(), configuration.recipe().seed(), configuration.augmentation()),
                ModelImages.load(model, data, Split.VALIDATION, null),
                ModelImages.load(model, data, Split.TEST, null));
    }

    /** A number that other training images hardly have: of their count and shape, and of label and one pixel of each. */
    long fingerprint() {
        LabeledImages images = train.images();
        ImageShape shape = images.shape();
        long hash = Objects.hash(images.examples(), shape.channels(), shape.height(), shape.width());
        for (int i = 0; i < images.examples(); i++) {
            hash = 31 * hash + images.label(i);
            hash = 31 * hash + images.pixel(i, 0, shape.height() / 2, shape.width() / 2);
        }
        return hash;
    }

    /** The training images in file order. */
    DataSetIterator scoring(int batch) {
        return train.inOrder(batch);
    }
}
