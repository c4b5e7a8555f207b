package io.github.dl4jprune.onnx;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/**
 * An activation function as ONNX's recurrent operators name it. Of several functions' numbers, those without are skipped:
 * the operators' lists hold none for them.
 *
 * @param name of the function
 * @param alpha its first number, if it has any
 * @param beta its second, if it has two
 */
record RecurrentActivation(String name, List<Float> alpha, List<Float> beta) {

    /** The function, if recurrent operators know it. */
    static Optional<RecurrentActivation> of(IActivation function) {
        if (function instanceof ActivationTanH) {
            return plain("Tanh");
        }
        if (function instanceof ActivationSigmoid) {
            return plain("Sigmoid");
        }
        if (function instanceof ActivationSoftSign) {
            return plain("Softsign");
        }
        if (function instanceof ActivationSoftPlus) {
            return plain("Softplus");
        }
        if (function instanceof ActivationHardSigmoid) {
            return Optional.of(new RecurrentActivation("HardSigmoid", List.of(0.2f), List.of(0.5f)));
        }
        if (function instanceof ActivationIdentity) {
            return Optional.of(new RecurrentActivation("Affine", List.of(1f), List.of(0f)));
        }
        return rectified(function);
    }

    private static Optional<RecurrentActivation> rectified(IActivation function) {
        if (function instanceof ActivationReLU relu
                && relu.getMax() == null
                && relu.getNegativeSlope() == null
                && relu.getThreshold() == null) {
            return plain("Relu");
        }
        if (function instanceof ActivationLReLU leaky) {
            return withAlpha("LeakyRelu", leaky.getAlpha());
        }
        if (function instanceof ActivationELU elu) {
            return withAlpha("Elu", elu.getAlpha());
        }
        if (function instanceof ActivationThresholdedReLU threshold) {
            return withAlpha("ThresholdedRelu", threshold.getTheta());
        }
        return Optional.empty();
    }

    private static Optional<RecurrentActivation> plain(String name) {
        return Optional.of(new RecurrentActivation(name, List.of(), List.of()));
    }

    private static Optional<RecurrentActivation> withAlpha(String name, double alpha) {
        return Optional.of(new RecurrentActivation(name, List.of((float) alpha), List.of()));
    }
}
