package io.github.dl4jprune.examples;

import io.github.dl4jprune.acceleration.OneDnn;
import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;

/**
 * What the examples start from: a network with its normaliser, and images.
 *
 * @param model the network
 * @param data the images
 */
record ExampleInput(SavedModel model, DataSource data) {
    private static final int BATCH = 128;
    private static final long SEED = 1;

    /**
     * Reads a command line, {@code cifar10:DIR [MODEL]}.
     *
     * @param arguments the data as {@link DataSource#parse} reads them, and a model file
     * @param bundled the network where no file is named
     */
    static ExampleInput of(String[] arguments, BundledModel bundled) throws IOException {
        OneDnn.enable();
        DataSource data = DataSource.parse(arguments[0]);
        return new ExampleInput(arguments.length > 1 ? ModelFile.read(Path.of(arguments[1])) : bundled.read(), data);
    }

    /** The network, of the kind that an example needs. */
    <N extends Model> N network(Class<N> kind) {
        return kind.cast(model.network());
    }

    /** What is trained on, shuffled. */
    ImageIterator train() {
        return train(Integer.MAX_VALUE);
    }

    /** The first examples of it, shuffled. */
    ImageIterator train(int examples) {
        return normalized(new ImageIterator.Builder(data.load(Split.TRAIN).take(examples))
                .batch(BATCH)
                .shuffle(SEED)
                .build());
    }

    /** What choices are made on. */
    ImageIterator validation() {
        return normalized(new ImageIterator.Builder(data.load(Split.VALIDATION))
                .batch(BATCH)
                .build());
    }

    private ImageIterator normalized(ImageIterator images) {
        images.setPreProcessor(model.normalizer());
        return images;
    }
}
