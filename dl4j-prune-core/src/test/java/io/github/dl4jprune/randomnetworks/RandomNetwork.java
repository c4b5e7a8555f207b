package io.github.dl4jprune.randomnetworks;

import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * A random network with data that fits it.
 *
 * @param network a {@link MultiLayerNetwork} or a {@link ComputationGraph}, DOUBLE, initialised
 * @param inputs one batch, one array per network input
 * @param labels for that batch, one array per network output
 * @param types activation type of every input, layer and vertex by name, in topological order
 * @param features the rules met, such as {@code "Merge"} or {@code "Bidirectional-CONCAT"}
 * @param description seed and structure, enough to make it again
 */
@SuppressWarnings("ArrayRecordComponent") // what DL4J takes
public record RandomNetwork(
        Model network,
        INDArray[] inputs,
        INDArray[] labels,
        Map<String, InputType> types,
        Set<String> features,
        String description) {

    /** Outputs for the batch, in inference mode. */
    public INDArray[] output() {
        return output(network);
    }

    /** Outputs of another network of the same inputs, in inference mode. */
    public INDArray[] output(Model other) {
        return other instanceof MultiLayerNetwork layers
                ? new INDArray[] {layers.output(inputs[0].dup())}
                : ((ComputationGraph) other).output(copy(inputs));
    }

    /** One training step on the batch. */
    public void fit() {
        fit(network);
    }

    /** One training step of another network of the same inputs and outputs on the batch. */
    public void fit(Model other) {
        if (other instanceof MultiLayerNetwork layers) {
            layers.fit(inputs[0].dup(), labels[0].dup());
        } else {
            ((ComputationGraph) other).fit(new MultiDataSet(copy(inputs), copy(labels)));
        }
    }

    private static INDArray[] copy(INDArray[] arrays) {
        INDArray[] copies = new INDArray[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            copies[i] = arrays[i].dup();
        }
        return copies;
    }

    @Override
    public String toString() {
        return description;
    }
}
