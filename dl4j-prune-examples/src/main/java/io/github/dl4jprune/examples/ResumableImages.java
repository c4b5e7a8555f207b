package io.github.dl4jprune.examples;

import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.training.TrainingBatches;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Images that training can enter at any batch of any epoch. */
record ResumableImages(ImageIterator images) implements TrainingBatches {
    @Override
    public int perEpoch() {
        return images.batches();
    }

    @Override
    public DataSetIterator from(int epoch, int batch) {
        images.resumeAt(epoch, batch);
        return images;
    }
}
