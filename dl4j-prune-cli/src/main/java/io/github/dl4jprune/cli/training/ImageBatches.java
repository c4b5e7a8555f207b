package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.datasets.Augmentation;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.training.TrainingBatches;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Training images whose order and changes depend on the seed and the epoch alone. */
final class ImageBatches implements TrainingBatches {
    private final ImageIterator images;

    ImageBatches(ModelImages images, int batch, long seed, Augmentation augmentation) {
        this.images = images.with(new ImageIterator.Builder(images.images())
                .batch(batch)
                .shuffle(seed)
                .augmentation(augmentation));
    }

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
