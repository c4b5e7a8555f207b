package io.github.dl4jprune.models;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

/**
 * An imported network and what its input needs.
 *
 * @param network a plain DL4J {@code ComputationGraph} or {@code MultiLayerNetwork}
 * @param normalizer turns raw pixels (0..255, RGB, NCHW) into the network's input, in place
 */
public record ImportedModel(Model network, DataNormalization normalizer) {
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
