package io.github.dl4jprune.storage;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

/**
 * What one model file holds.
 *
 * @param network a {@link MultiLayerNetwork} or a {@link ComputationGraph}
 * @param normalizer applied to raw input before the network sees it; null: none
 * @param inputShapes the shape of one example of every network input
 * @param attachments the file's other entries by name, such as {@code objects/KEY} of DL4J's {@code addObjectToFile}:
 *     carried along unread
 */
public record SavedModel(
        Model network,
        @Nullable DataNormalization normalizer,
        InputShapes inputShapes,
        Map<String, byte[]> attachments) {
    /** Checks the type of the network, and that no attachment has a name that leads out of the zip. */
    public SavedModel {
        if (!(network instanceof MultiLayerNetwork || network instanceof ComputationGraph)) {
            throw new IllegalArgumentException("network must be a MultiLayerNetwork or a ComputationGraph, got "
                    + network.getClass().getName());
        }
        attachments = Map.copyOf(attachments);
        attachments.keySet().stream()
                .sorted()
                .forEach(name -> EntryName.problem(name).ifPresent(rule -> {
                    throw new IllegalArgumentException("attachment \"" + name + "\" " + rule);
                }));
    }

    /**
     * A model without attachments.
     *
     * @param network a {@link MultiLayerNetwork} or a {@link ComputationGraph}
     * @param normalizer applied to raw input; null: none
     * @param inputShapes the shape of one example of every network input
     */
    public SavedModel(Model network, @Nullable DataNormalization normalizer, InputShapes inputShapes) {
        this(network, normalizer, inputShapes, Map.of());
    }

    /**
     * The same model with one more entry, or another in place of one of that name.
     *
     * @param name name of the entry
     * @param content its bytes
     * @return a new value; this one is unchanged
     */
    public SavedModel withAttachment(String name, byte[] content) {
        Map<String, byte[]> all = new HashMap<>(attachments);
        all.put(name, content.clone());
        return new SavedModel(network, normalizer, inputShapes, all);
    }

    /**
     * The same normaliser, shapes and attachments around another network, such as the pruned one. The state of a pruning
     * listener ({@link ModelFile#PRUNING_STATE}) stays behind: it describes the network it was saved with.
     *
     * @param other a network that takes the same input
     * @return a new value; this one is unchanged
     */
    public SavedModel withNetwork(Model other) {
        Map<String, byte[]> others = new HashMap<>(attachments);
        others.remove(ModelFile.PRUNING_STATE);
        return new SavedModel(other, normalizer, inputShapes, others);
    }

    /**
     * The same model with input shapes.
     *
     * @param shapes the shape of one example of every network input
     * @return a new value; this one is unchanged
     */
    public SavedModel withInputShapes(InputShapes shapes) {
        return new SavedModel(network, normalizer, shapes, attachments);
    }
}
