package io.github.dl4jprune.examples.pages;

import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.onnx.OnnxExporter;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

/** docs/onnx.md: a trained network with its normaliser, its ONNX model, and the pixels of an image. */
public abstract class OnnxPage extends Page {
    /** Trained. */
    protected final MultiLayerNetwork network;

    /** Its normaliser. */
    protected final DataNormalization normalizer;

    /** A black image of 3 x 32 x 32. */
    protected final float[] rgb = new float[3 * 32 * 32];

    protected OnnxPage() throws IOException {
        SavedModel model = BundledModel.VGG_SMALL.read();
        network = (MultiLayerNetwork) model.network();
        normalizer = Objects.requireNonNull(model.normalizer());
        OnnxExporter.of(network).export().write(Path.of("small.onnx"));
    }
}
