package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.input.Batch;
import io.github.dl4jprune.cli.input.ModelImages;
import io.github.dl4jprune.cli.input.Models;
import io.github.dl4jprune.cli.input.OnnxFile;
import io.github.dl4jprune.cli.input.OnnxMetadata;
import io.github.dl4jprune.datasets.ImageIterator;
import io.github.dl4jprune.datasets.ImageShape;
import io.github.dl4jprune.datasets.LabeledImages;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;

/** A model that reads labelled images, in DL4J or in ONNX Runtime. */
abstract sealed class ImageModel implements AutoCloseable {
    /** The images as the model wants them. */
    abstract ImageIterator images(int batch);

    /** One array an output. */
    abstract INDArray[] outputs(INDArray features);

    /** What the file says about normalisation; empty: nothing. */
    abstract Optional<DataNormalization> normalizer();

    @Override
    public void close() {}

    /** A model zip. */
    static final class Zip extends ImageModel {
        private final SavedModel model;
        private final ModelImages images;

        Zip(SavedModel model, LabeledImages images) {
            this.model = model;
            this.images = ModelImages.of(model, images);
        }

        @Override
        ImageIterator images(int batch) {
            return images.inOrder(batch);
        }

        @Override
        INDArray[] outputs(INDArray features) {
            return NetworkView.of(model.network()).output(features);
        }

        @Override
        Optional<DataNormalization> normalizer() {
            return Optional.ofNullable(model.normalizer());
        }
    }

    /** An ONNX model. */
    static final class Onnx extends ImageModel {
        private final OnnxFile file;
        private final OnnxFile.Input input;
        private final LabeledImages images;
        private final boolean raw;
        private final @Nullable DataNormalization own;
        private Optional<DataNormalization> borrowed = Optional.empty();

        Onnx(Path path, LabeledImages images) {
            this.file = OnnxFile.open(path);
            this.images = images;
            List<OnnxFile.Input> inputs = file.inputs();
            this.input = inputs.get(0);
            if (inputs.size() != 1 || !(flat() || first() || last())) {
                file.close();
                throw new IllegalArgumentException("images of %s do not fit \"%s\", whose inputs are %s"
                        .formatted(
                                images.shape(),
                                path,
                                inputs.stream().map(OnnxFile.Input::shape).toList()));
            }
            this.raw = OnnxMetadata.INCLUDED.equals(file.metadata().get(OnnxMetadata.NORMALISATION));
            this.own = OnnxMetadata.normalizer(file.metadata()).orElse(null);
        }

        /** Takes over the normaliser of the model it is compared with, if it knows none itself. */
        void borrow(Optional<DataNormalization> normalizer) {
            borrowed = normalizer;
        }

        private boolean first() {
            ImageShape shape = images.shape();
            return input.shape().equals(List.of((long) shape.channels(), (long) shape.height(), (long) shape.width()));
        }

        private boolean last() {
            ImageShape shape = images.shape();
            return input.shape().equals(List.of((long) shape.height(), (long) shape.width(), (long) shape.channels()));
        }

        private boolean flat() {
            return input.shape().equals(List.of((long) images.shape().bytes()));
        }

        @Override
        ImageIterator images(int batch) {
            ImageIterator iterator = new ImageIterator.Builder(images)
                    .batch(batch)
                    .format(last() && !first() ? CNN2DFormat.NHWC : CNN2DFormat.NCHW)
                    .dataType(input.type())
                    .build();
            if (!raw) {
                DataSetPreProcessor normalizer =
                        normalizer().or(() -> borrowed).orElseGet(() -> new ImagePreProcessingScaler(0, 1));
                iterator.setPreProcessor(normalizer);
            }
            return iterator;
        }

        @Override
        INDArray[] outputs(INDArray features) {
            INDArray shaped = flat() ? features.reshape(features.size(0), -1) : features;
            try (OnnxFile.Run run = file.prepare(shaped)) {
                return run.outputs();
            }
        }

        @Override
        Optional<DataNormalization> normalizer() {
            return Optional.ofNullable(own);
        }

        @Override
        public void close() {
            file.close();
        }
    }

    static ImageModel open(Path file, LabeledImages images, Batch batch) {
        if (OnnxFile.named(file)) {
            return new Onnx(file, images);
        }
        SavedModel model = Models.open(file);
        Zip zip = new Zip(model, images);
        batch.requireInference(model, images.examples());
        return zip;
    }

    /** Both models, each of which may learn from the other how its images are normalised. */
    static List<ImageModel> pair(Path first, Path second, LabeledImages images, Batch batch) {
        List<ImageModel> models = List.of(open(first, images, batch), open(second, images, batch));
        for (int i = 0; i < 2; i++) {
            if (models.get(i) instanceof Onnx onnx) {
                onnx.borrow(models.get(1 - i).normalizer());
            }
        }
        return models;
    }
}
