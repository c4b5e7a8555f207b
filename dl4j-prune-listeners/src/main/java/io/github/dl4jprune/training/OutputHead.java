package io.github.dl4jprune.training;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The activation and the loss at the end of a network, in the live configuration that its output layer reads at every
 * call.
 */
public record OutputHead(Layer layer) {

    /** The end of a network with one output. */
    public static OutputHead of(Model model) {
        return of(Network.of(model));
    }

    /** A copy of a network that gives what its output activation would be applied to. */
    public static Model logits(Model model) {
        return logits(Network.of(model)).model();
    }

    static OutputHead of(Network network) {
        return new OutputHead(network.outputLayer().conf().getLayer());
    }

    /** A copy of the network that gives what its output activation would be applied to. */
    static Network logits(Network network) {
        Network copy = network.copy(layer -> {});
        OutputHead head = of(copy);
        if (head.loss() != null && head.layer instanceof BaseLayer base) {
            base.setActivationFn(new ActivationIdentity());
        }
        return copy;
    }

    String name() {
        return layer.getLayerName();
    }

    @Nullable
    IActivation activation() {
        return layer instanceof BaseLayer base ? base.getActivationFn() : null;
    }

    @Nullable
    ILossFunction loss() {
        if (layer instanceof BaseOutputLayer output) {
            return output.getLossFn();
        }
        return layer instanceof LossLayer loss ? loss.getLossFn() : null;
    }

    /** Puts another loss into the live network; does nothing where there is none. */
    public void replaceLoss(ILossFunction loss) {
        if (layer instanceof BaseOutputLayer output) {
            output.setLossFn(loss);
        } else if (layer instanceof LossLayer last) {
            last.setLossFn(loss);
        }
    }

    /**
     * A network that ends without a loss cannot be trained at all, one without softmax cannot be distilled.
     *
     * @param network what to call it in the message
     * @throws IllegalArgumentException if the network ends otherwise
     */
    public void requireSoftmax(String network) {
        if (loss() == null || !(activation() instanceof ActivationSoftmax)) {
            throw new IllegalArgumentException(network + "'s output layer \"" + name()
                    + "\" must end in a softmax and a loss, got "
                    + layer.getClass().getSimpleName() + " with "
                    + activation());
        }
    }

    /** What distillation replaces: cross-entropy whose classes weigh the same. */
    ILossFunction requireCrossEntropy(String network) {
        requireSoftmax(network);
        if (loss() instanceof LossMCXENT crossEntropy && crossEntropy.getWeights() == null) {
            return crossEntropy;
        }
        throw new IllegalArgumentException(network + "'s output layer \"" + name()
                + "\" must have an unweighted cross-entropy loss (MCXENT), got " + loss());
    }
}
