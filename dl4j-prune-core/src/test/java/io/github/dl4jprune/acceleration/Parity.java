package io.github.dl4jprune.acceleration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Two networks of the same configuration and weights, one on the built-in path and one with the helpers. */
final class Parity {
    static final java.util.Map<String, Double> MAX = new java.util.TreeMap<>();
    /** Rounding of FLOAT sums of some thousand terms, relative to the largest entry of the built-in array. */
    static final double TOLERANCE = 1e-5;

    private final MultiLayerNetwork plain;
    private final MultiLayerNetwork fast;

    private Parity(MultiLayerNetwork plain, MultiLayerNetwork fast) {
        this.plain = plain;
        this.fast = fast;
    }

    /** The layers followed by a mean squared error over every output value, learning with plain SGD. */
    static Parity ofLayers(DataType type, InputType input, Layer... layers) {
        Supplier<MultiLayerNetwork> build = () -> network(type, input, layers);
        MultiLayerNetwork plain = build.get();
        if (plain.numParams() > 0)
            plain.params().addi(Nd4j.randn(type, plain.numParams()).muli(0.1));
        OneDnn.enable();
        try {
            MultiLayerNetwork fast = build.get();
            if (plain.numParams() > 0) fast.setParams(plain.params());
            return new Parity(plain, fast);
        } finally {
            OneDnn.disable();
        }
    }

    private static MultiLayerNetwork network(DataType type, InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .updater(new Sgd(1e-3))
                .weightInit(WeightInit.XAVIER)
                .list();
        for (Layer layer : layers) {
            list.layer(layer.clone());
        }
        if (input instanceof InputType.InputTypeConvolutional image) {
            list.layer(new CnnLossLayer.Builder(LossFunction.MSE)
                    .format(image.getFormat())
                    .activation(Activation.IDENTITY)
                    .build());
        } else {
            list.layer(new LossLayer.Builder(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .build());
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input).build());
        network.init();
        return network;
    }

    /** An image input type of either format. */
    static InputType image(CNN2DFormat format, int channels, int height, int width) {
        return InputType.convolutional(height, width, channels, format);
    }

    MultiLayerNetwork fast() {
        return fast;
    }

    /** Compares inference, then the gradients of parameters and input, then parameters after three steps. */
    void assertEqualOn(INDArray input) {
        if (plain.numParams() > 0) fast.setParams(plain.params());
        INDArray expected = plain.output(input.dup());
        assertClose("inference", fast.output(input.dup()), expected);
        INDArray labels = Nd4j.randn(input.dataType(), expected.shape());
        Pair<Gradient, INDArray> plainGradient = plain.calculateGradients(input.dup(), labels, null, null);
        Pair<Gradient, INDArray> fastGradient = fast.calculateGradients(input.dup(), labels, null, null);
        for (String parameter : plain.paramTable().keySet()) {
            assertClose(
                    "gradient of " + parameter,
                    fastGradient.getFirst().getGradientFor(parameter),
                    plainGradient.getFirst().getGradientFor(parameter));
        }
        assertClose("gradient of the input", fastGradient.getSecond(), plainGradient.getSecond());
        for (int step = 0; step < 3; step++) {
            plain.fit(new DataSet(input.dup(), labels));
            fast.fit(new DataSet(input.dup(), labels));
        }
        plain.paramTable().forEach((name, values) -> assertClose("trained " + name, fast.getParam(name), values));
    }

    static void assertClose(String what, INDArray actual, INDArray expected) {
        assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
        double scale = Math.max(expected.amaxNumber().doubleValue(), 1e-3);
        double largest = actual.sub(expected).amaxNumber().doubleValue();
        MAX.merge(what, largest / scale, Math::max);
        assertThat(largest / scale).as(what).isLessThan(TOLERANCE);
    }
}
