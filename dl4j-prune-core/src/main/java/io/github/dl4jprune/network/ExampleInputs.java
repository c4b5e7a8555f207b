package io.github.dl4jprune.network;

import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random inputs that a network accepts. ND4J's global generator is not touched. */
public final class ExampleInputs {
    private static final long FREE_STEPS = 10;

    private ExampleInputs() {}

    /**
     * Standard normal values, or indices where an embedding reads the input. A series of any length gets 10 steps.
     *
     * @param types the size of one example
     * @param examples number of examples
     * @param seed the same seed gives the same inputs
     * @return one array an input of the network, in its data type
     */
    public static INDArray[] random(NetworkView<? extends Model> network, InputTypes types, int examples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<INDArray> inputs = new ArrayList<>();
        int index = 0;
        for (NetworkNode node : network.structure().nodes()) {
            if (node.content() instanceof NodeContent.Input) {
                long vocabulary = vocabulary(network.structure(), node.name());
                inputs.add(array(network, types.types().get(index++), examples, vocabulary, random));
            }
        }
        return inputs.toArray(INDArray[]::new);
    }

    private static INDArray array(
            NetworkView<? extends Model> network,
            InputType type,
            int examples,
            long vocabulary,
            SplittableRandom random) {
        long[] shape = type.getShape(true).clone();
        shape[0] = examples;
        long length = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = shape[axis] < 0 ? FREE_STEPS : shape[axis];
            length *= shape[axis];
        }
        double[] values = new double[Math.toIntExact(length)];
        for (int i = 0; i < values.length; i++) {
            values[i] = vocabulary > 0 ? random.nextLong(vocabulary) : random.nextGaussian();
        }
        return Nd4j.createFromArray(values).reshape(shape).castTo(network.dataType());
    }

    private static long vocabulary(NetworkStructure structure, String input) {
        for (NetworkNode node : structure.nodes()) {
            if (node.inputs().contains(input) && node.content() instanceof LayerContent content) {
                Layer layer = content.layer();
                if (layer instanceof EmbeddingLayer embedding) {
                    return embedding.getNIn();
                }
                if (layer instanceof EmbeddingSequenceLayer embedding) {
                    return embedding.getNIn();
                }
            }
        }
        return 0;
    }
}
