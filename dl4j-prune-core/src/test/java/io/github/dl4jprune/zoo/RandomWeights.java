package io.github.dl4jprune.zoo;

import io.github.dl4jprune.network.NetworkNode;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.network.NodeContent.LayerContent;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes a fresh network one whose outputs tell something. Biases, and scale, shift and statistics of batch normalisation
 * get values other than 0 and 1, for at those a mask that forgot them would go unnoticed. Convolutions are scaled so
 * that what enters a network reaches its end when half of the channels are gone: many zoo models begin with weights so
 * small that their outputs are those of their last biases.
 */
final class RandomWeights {
    private RandomWeights() {}

    /**
     * Draws and scales.
     *
     * @param sigmoidGain by how much more the convolutions with a sigmoid are scaled: what passes through one fades, and
     *     with too much of it rounding errors grow from layer to layer
     */
    static void liven(NetworkView<Model> network, long seed, double sigmoidGain) {
        SplittableRandom random = new SplittableRandom(seed);
        for (NetworkNode node : network.structure().nodes()) {
            network.parameters(node.name()).forEach((key, values) -> {
                switch (key) {
                    case "b", "beta", "mean" -> draw(values, random, 0, 0.1);
                    case "gamma", "var" -> draw(values, random, 1, 0.1);
                    case "log10stdev" -> draw(values, random, 0, 0.05);
                    case "W", "pW" -> scale(node, key, values, sigmoidGain);
                    default -> {}
                }
            });
        }
    }

    private static void draw(INDArray values, SplittableRandom random, double mean, double deviation) {
        double[] drawn = random.doubles(values.length())
                .map(d -> mean + deviation * Math.sqrt(3) * (2 * d - 1))
                .toArray();
        values.assign(Nd4j.createFromArray(drawn).castTo(values.dataType()).reshape(values.shape()));
    }

    /** Variance 4 / fan-in keeps the power behind a ReLU when half of the fan-in goes; depthwise stages lose none. */
    private static void scale(NetworkNode node, String key, INDArray values, double sigmoidGain) {
        if (node.content() instanceof LayerContent content && content.layer() instanceof ConvolutionLayer layer) {
            boolean depthwise = layer instanceof SeparableConvolution2D && key.equals("W");
            double variance =
                    depthwise ? 1.0 / (values.size(2) * values.size(3)) : 4.0 * values.size(0) / values.length();
            double gain = layer.getActivationFn() instanceof ActivationSigmoid ? sigmoidGain : 1;
            values.muli(gain * Math.sqrt(variance) / values.stdNumber().doubleValue());
        }
    }
}
