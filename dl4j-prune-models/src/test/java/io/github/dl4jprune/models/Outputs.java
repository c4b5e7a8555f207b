package io.github.dl4jprune.models;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs networks of either type. */
final class Outputs {
    private Outputs() {}

    static INDArray of(Model network, INDArray input) {
        return network instanceof ComputationGraph graph
                ? graph.outputSingle(input)
                : ((MultiLayerNetwork) network).output(input);
    }

    /** From raw NCHW pixels, which stay untouched. */
    static INDArray of(ImportedModel model, INDArray pixels) {
        INDArray scaled = pixels.dup();
        model.normalizer().transform(scaled);
        return of(model.network(), ImageLayout.arrange(scaled, model.network()));
    }

    /** Writes both into one model file; DL4J's method that takes both at once closes its stream too early (M2.1). */
    static void save(ImportedModel model, Path file) throws IOException {
        ModelSerializer.writeModel(model.network(), file.toFile(), false);
        ModelSerializer.addNormalizerToModel(file.toFile(), model.normalizer());
    }
}
