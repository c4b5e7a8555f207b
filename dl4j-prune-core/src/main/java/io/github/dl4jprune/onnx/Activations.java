package io.github.dl4jprune.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
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

/** Activation functions, as operators of their own or put together from others, exactly as ND4J M2.1 computes them. */
final class Activations {
    /** How one function is written. */
    @FunctionalInterface
    private interface Rule<A extends IActivation> {
        Value write(A function, Value x, Operators ops);
    }

    private static final Map<Class<?>, Rule<?>> TABLE = new HashMap<>();

    static {
        register(ActivationIdentity.class, (f, x, ops) -> x);
        register(ActivationSigmoid.class, (f, x, ops) -> ops.unary("Sigmoid", x));
        register(ActivationTanH.class, (f, x, ops) -> ops.unary("Tanh", x));
        register(ActivationSoftPlus.class, (f, x, ops) -> ops.unary("Softplus", x));
        register(ActivationSoftSign.class, (f, x, ops) -> ops.unary("Softsign", x));
        register(ActivationELU.class, (f, x, ops) -> ops.unary("Elu", x, Attribute.of("alpha", f.getAlpha())));
        register(ActivationSELU.class, (f, x, ops) -> ops.unary("Selu", x));
        register(
                ActivationHardSigmoid.class,
                (f, x, ops) -> ops.unary("HardSigmoid", x, Attribute.of("alpha", 0.2), Attribute.of("beta", 0.5)));
        register(ActivationHardTanH.class, (f, x, ops) -> clip(x, -1, 1, ops));
        register(ActivationReLU.class, Activations::relu);
        register(ActivationReLU6.class, (f, x, ops) -> clip(x, 0, 6, ops));
        register(ActivationLReLU.class, (f, x, ops) -> leaky(x, f.getAlpha(), ops));
        register(ActivationThresholdedReLU.class, Activations::thresholded);
        register(ActivationRReLU.class, (f, x, ops) -> averagedSlope(f, x, ops));
        register(ActivationCube.class, (f, x, ops) -> ops.multiply(ops.multiply(x, x), x));
        register(ActivationSwish.class, (f, x, ops) -> ops.multiply(x, ops.unary("Sigmoid", x)));
        register(ActivationGELU.class, Activations::gelu);
        register(ActivationMish.class, (f, x, ops) -> ops.multiply(x, ops.unary("Tanh", ops.unary("Softplus", x))));
        register(ActivationRectifiedTanh.class, (f, x, ops) -> ops.unary("Relu", ops.unary("Tanh", x)));
        register(ActivationRationalTanh.class, (f, x, ops) -> rationalTanh(x, ops));
        register(ActivationSoftmax.class, (f, x, ops) -> ops.softmax(x, x.rank() - 1));
    }

    private Activations() {}

    private static <A extends IActivation> void register(Class<A> type, Rule<A> rule) {
        TABLE.put(type, rule);
    }

    /** The functions that have a rule. */
    static Set<Class<?>> types() {
        return Set.copyOf(TABLE.keySet());
    }

    /** Writes a function of an array in DL4J's axis order: softmax runs along the last axis, whatever that is. */
    @SuppressWarnings("unchecked")
    static Value write(IActivation function, Value x, Operators ops) {
        Rule<IActivation> rule = (Rule<IActivation>) TABLE.get(function.getClass());
        if (rule == null) {
            throw new NotExportable(
                    "no rule for activation function " + function.getClass().getSimpleName());
        }
        return rule.write(function, x, ops);
    }

    /** As {@link #write} for an array with its channels on axis 1; returns the layer's own order. */
    static Value writeChannelsFirst(IActivation function, Value x, ChannelOrder order, Operators ops) {
        if (function instanceof ActivationSoftmax) {
            return write(function, order.fromFirst(ops, x), ops);
        }
        return order.fromFirst(ops, write(function, x, ops));
    }

    private static Value clip(Value x, double from, double to, Operators ops) {
        return ops.write("Clip", x.dims(), java.util.List.of(x, ops.scalar(from), ops.scalar(to)));
    }

    private static Value leaky(Value x, double slope, Operators ops) {
        return slope == 0 ? ops.unary("Relu", x) : ops.unary("LeakyRelu", x, Attribute.of("alpha", slope));
    }

    /** {@code x} from the threshold on, below it the slope times the distance to the threshold; then the upper bound. */
    private static Value relu(ActivationReLU f, Value x, Operators ops) {
        double slope = f.getNegativeSlope() == null ? 0 : f.getNegativeSlope();
        double threshold = f.getThreshold() == null ? 0 : f.getThreshold();
        Value result = leaky(x, slope, ops);
        if (threshold != 0) {
            Value above = ops.least(x, threshold);
            Value below = ops.multiply(ops.add(x, ops.scalar(-threshold)), slope);
            result = ops.choose(above, x, below);
        }
        return f.getMax() == null ? result : ops.binary("Min", result, ops.scalar(f.getMax()));
    }

    private static Value thresholded(ActivationThresholdedReLU f, Value x, Operators ops) {
        return ops.unary("ThresholdedRelu", x, Attribute.of("alpha", f.getTheta()));
    }

    /** In M2.1 the mean slope becomes a lower bound: {@code max(x, (l + u) / 2)} (ActivationRReLU, RectifiedLinear). */
    private static Value averagedSlope(ActivationRReLU f, Value x, Operators ops) {
        return ops.binary("Max", x, ops.scalar(0.5 * (f.getL() + f.getU())));
    }

    /** {@code x sigmoid(1.702 x)}, or if precise the tanh form, in which M2.1 cubes {@code 0.044715 x}. */
    private static Value gelu(ActivationGELU f, Value x, Operators ops) {
        if (!f.isPrecise()) {
            return ops.multiply(x, ops.unary("Sigmoid", ops.multiply(x, 1.702)));
        }
        Value scaled = ops.multiply(x, 0.044715);
        Value cube = ops.multiply(ops.multiply(scaled, scaled), scaled);
        Value inner = ops.multiply(ops.add(x, cube), Math.sqrt(2 / Math.PI));
        return ops.multiply(ops.multiply(x, 0.5), ops.add(ops.unary("Tanh", inner), ops.scalar(1)));
    }

    /** {@code 1.7159 sgn(y) (1 - 1 / (1 + |y| + y^2 + 1.41645 y^4))} with {@code y = 2 x / 3}. */
    private static Value rationalTanh(Value x, Operators ops) {
        Value y = ops.multiply(x, 2.0 / 3);
        Value square = ops.multiply(y, y);
        Value fourth = ops.multiply(ops.multiply(square, square), 1.41645);
        Value sum = ops.add(ops.add(ops.unary("Abs", y), square), ops.add(fourth, ops.scalar(1)));
        Value rest = ops.binary("Sub", ops.scalar(1), ops.binary("Div", ops.scalar(1), sum));
        return ops.multiply(ops.multiply(ops.unary("Sign", y), rest), 1.7159);
    }
}
