package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.storage.SavedModel;
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
        train.requireClasses();
        return new TrainingImages(
                train,
                new ImageBatches(
                        train, configuration.batch(), configuration.recipe().seed(), configuration.augmentation()),
                ModelImages.load(model, data, Split.VALIDATION, null),
                ModelImages.load(model, data, Split.TEST, null));
    }

    /** The training images in file order. */
    DataSetIterator scoring(int batch) {
        return train.inOrder(batch);
    }
}
