package io.github.dl4jprune.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

/**
 * An imported network and what its input needs.
 *
 * @param network a plain DL4J {@code ComputationGraph} or {@code MultiLayerNetwork}
 * @param normalizer turns raw pixels (0..255, RGB, NCHW) into the network's input scale, in place
 * @param inputShape of one example as the network takes it, {@code [3, 32, 32]} for NCHW, {@code [32, 32, 3]} for NHWC;
 *     empty where the file does not say
 */
public record ImportedModel(Model network, DataNormalization normalizer, List<Integer> inputShape) {
    /** Copies the shape. */
    public ImportedModel {
        inputShape = List.copyOf(inputShape);
    }

    /**
     * Writes both into one model zip, without updater state.
     *
     * @param file overwritten if it exists
     * @throws IOException if it cannot be written
     */
    public void save(Path file) throws IOException {
        ModelSerializer.writeModel(network, file.toFile(), false, normalizer);
    }
}
