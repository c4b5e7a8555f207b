package io.github.dl4jprune.models;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
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
}
