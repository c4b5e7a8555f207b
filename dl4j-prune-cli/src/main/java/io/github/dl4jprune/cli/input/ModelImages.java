package io.github.dl4jprune.cli.input;

import io.github.dl4jprune.datasets.DataSource;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.ImageShape;
import io.github.dl4jprune.datasets.LabeledImages;
import io.github.dl4jprune.datasets.Split;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.training.ModelEvaluation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;

/**
 * Labelled images on their way into one model: raw pixels (0..255, RGB, NCHW) through the model's normaliser, or x/255
 * without one, then in the axis order that the network wants.
 */
public final class ModelImages {
    private final SavedModel model;
    private final LabeledImages images;
    private final InputLayout layout;

    private ModelImages(SavedModel model, LabeledImages images) {
        this.model = model;
        this.images = images;
        this.layout = InputLayout.of(model, images.shape());
    }

    /**
     * Reads one split for one model.
     *
     * @param examples only the first so many; null: all
     */
    public static ModelImages load(SavedModel model, String data, Split split, @Nullable Integer examples) {
        LabeledImages images = DataSource.parse(data).load(split);
        return of(model, examples == null ? images : images.take(examples));
    }

    /** These images for one model. */
    public static ModelImages of(SavedModel model, LabeledImages images) {
        return new ModelImages(model, images);
    }

    /** How many images there are. */
    public int examples() {
        return images.examples();
    }

    /** The images in file order. */
    public ImageIterator inOrder(int batch) {
        return with(new ImageIterator.Builder(images).batch(batch));
    }

    /** The images as a builder describes them, normalised and laid out for the network. */
    public ImageIterator with(ImageIterator.Builder builder) {
        ImageIterator iterator = builder.format(layout.format())
                .dataType(model.network().params().dataType())
                .build();
        DataSetPreProcessor normalizer =
                model.normalizer() == null ? new ImagePreProcessingScaler(0, 1) : model.normalizer();
        iterator.setPreProcessor(layout.flat() ? flattening(normalizer) : normalizer);
        return iterator;
    }

    /**
     * Makes sure, before any training, that the network puts out one value for each class.
     *
     * @throws IllegalArgumentException if it has several outputs, or one of another shape
     */
    public void requireClasses() {
        ModelEvaluation.of(model.network(), of(model, images.take(1)).inOrder(1));
    }

    /** Whether another model gets the same numbers in the same order for an image. */
    public boolean readAlike(SavedModel other) {
        LabeledImages first = images.take(1);
        INDArray mine = of(model, first).inOrder(1).next().getFeatures();
        INDArray others = of(other, first).inOrder(1).next().getFeatures();
        return mine.castTo(DataType.FLOAT).equals(others.castTo(DataType.FLOAT));
    }

    /** The images as they are stored. */
    public LabeledImages images() {
        return images;
    }

    /** A number that other images hardly have: of their count and shape, and of label and one pixel of each. */
    public long fingerprint() {
        ImageShape shape = images.shape();
        long hash = Objects.hash(images.examples(), shape.channels(), shape.height(), shape.width());
        for (int i = 0; i < images.examples(); i++) {
            hash = 31 * hash + images.label(i);
            hash = 31 * hash + images.pixel(i, 0, shape.height() / 2, shape.width() / 2);
        }
        return hash;
    }

    private static DataSetPreProcessor flattening(DataSetPreProcessor normalizer) {
        return batch -> {
            normalizer.preProcess(batch);
            batch.setFeatures(batch.getFeatures().reshape(batch.getFeatures().size(0), -1));
        };
    }
}
