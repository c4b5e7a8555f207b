package io.github.dl4jprune.channel;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/** What activation functions do to channels: element-wise ones hand them on, softmax mixes them. */
final class ActivationFunctions {
    private static final Set<Class<?>> ELEMENT_WISE = Set.of(
            ActivationCube.class,
            ActivationELU.class,
            ActivationGELU.class,
            ActivationHardSigmoid.class,
            ActivationHardTanH.class,
            ActivationIdentity.class,
            ActivationLReLU.class,
            ActivationMish.class,
            ActivationRReLU.class,
            ActivationRationalTanh.class,
            ActivationReLU.class,
            ActivationReLU6.class,
            ActivationRectifiedTanh.class,
            ActivationSELU.class,
            ActivationSigmoid.class,
            ActivationSoftPlus.class,
            ActivationSoftSign.class,
            ActivationSwish.class,
            ActivationTanH.class,
            ActivationThresholdedReLU.class);
    private static final Map<IActivation, Boolean> KEEPS_ZERO = new ConcurrentHashMap<>();

    private ActivationFunctions() {}

    /** Applies the function to an activation: hands it on, or pins it if the function is not element-wise. */
    static Activation apply(IActivation function, Activation activation, LayerTrace trace) {
        if (ELEMENT_WISE.contains(function.getClass())) {
            return activation.withSilence(activation.silent() && keepsZero(function));
        }
        PinReason reason =
                function instanceof ActivationSoftmax ? PinReason.SOFTMAX : PinReason.UNKNOWN_ACTIVATION_FUNCTION;
        if (!activation.isOpaque()) {
            trace.pin(activation.ids(), reason, function.toString());
        }
        return activation.withSilence(false);
    }

    /** Whether f(0) = 0. */
    static boolean keepsZero(IActivation function) {
        return KEEPS_ZERO.computeIfAbsent(function, f -> {
            try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                return f.getActivation(Nd4j.zeros(DataType.DOUBLE, 1, 1), false).getDouble(0) == 0.0;
            }
        });
    }
}
