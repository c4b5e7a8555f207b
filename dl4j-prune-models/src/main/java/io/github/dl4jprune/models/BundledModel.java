package io.github.dl4jprune.models;

import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Trained networks that come with this module. Both were trained for this project, by its own code or its authors. */
public enum BundledModel {
    /** {@link VggSmall} on the embedded images, as the example {@code TrainBundledNetwork} trains it. */
    VGG_SMALL("vgg-small.zip"),
    /** {@link Vgg16} at half width on the first 45,000 training images of CIFAR-10; the other 5,000 are unseen. */
    VGG16_CIFAR10("vgg16_w32.npz");

    private final String resource;

    BundledModel(String resource) {
        this.resource = resource;
    }

    /**
     * Reads the network, its normaliser and the shape of its input.
     *
     * @return a new copy each time
     * @throws IOException if no temporary file can be written
     */
    public SavedModel read() throws IOException {
        Path file = Files.createTempFile("dl4j-prune", resource);
        try (InputStream in = BundledModel.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("resource " + resource);
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return this == VGG_SMALL ? ModelFile.read(file) : imported(file);
        } finally {
            Files.delete(file);
        }
    }

    private static SavedModel imported(Path file) throws IOException {
        ImportedModel model = CheckpointImport.npz(file, new Vgg16(Vgg16.HALF_WIDTH));
        long[] shape = model.inputShape().stream().mapToLong(Integer::longValue).toArray();
        return new SavedModel(model.network(), model.normalizer(), InputShapes.of(shape));
    }
}
