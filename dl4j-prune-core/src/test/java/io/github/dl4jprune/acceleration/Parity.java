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
record Parity(MultiLayerNetwork plain, MultiLayerNetwork fast) {
    /** Rounding of FLOAT sums of some thousand terms, relative to the largest entry of the built-in array. */
    static final double TOLERANCE = 1e-5;

    private static final int STEPS = 3;

    /** The layers followed by a squared error over every output value, learning with plain SGD. */
    static Parity ofLayers(DataType type, InputType input, Layer... layers) {
        MultiLayerNetwork plain = builtIn(() -> network(type, input, layers));
        MultiLayerNetwork fast = accelerated(() -> network(type, input, layers));
        if (plain.numParams() > 0) {
            plain.params().addi(Nd4j.randn(type, plain.numParams()).muli(0.1));
        }
        return new Parity(plain, fast);
    }

    /** What the supplier builds while the switch is off. */
    static <T> T builtIn(Supplier<T> build) {
        OneDnn.disable();
        return build.get();
    }

    /** What the supplier builds while the switch is on. */
    static <T> T accelerated(Supplier<T> build) {
        assertThat(OneDnn.enable().enabled()).isTrue();
        try {
            return build.get();
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
        MultiLayerNetwork network = new MultiLayerNetwork(
                list.layer(loss(input)).setInputType(input).build());
        network.init();
        return network;
    }

    private static Layer loss(InputType input) {
        return input instanceof InputType.InputTypeConvolutional image
                ? new CnnLossLayer.Builder(LossFunction.MSE)
                        .format(image.getFormat())
                        .activation(Activation.IDENTITY)
                        .build()
                : new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build();
    }

    /** Normal noise of an image shape in either format. */
    static INDArray images(CNN2DFormat format, int batch, int channels, int height, int width) {
        return format == CNN2DFormat.NCHW
                ? Nd4j.randn(DataType.FLOAT, batch, channels, height, width)
                : Nd4j.randn(DataType.FLOAT, batch, height, width, channels);
    }

    /** Compares inference, then the gradients of parameters and input, then the parameters after three steps. */
    void assertEqualOn(INDArray input) {
        if (plain.numParams() > 0) {
            fast.setParams(plain.params());
        }
        INDArray expected = plain.output(input);
        assertClose("inference", fast.output(input), expected);
        INDArray labels = Nd4j.randn(input.dataType(), expected.shape());
        Pair<Gradient, INDArray> plainGradient = plain.calculateGradients(input, labels, null, null);
        Pair<Gradient, INDArray> fastGradient = fast.calculateGradients(input, labels, null, null);
        for (String parameter : plain.paramTable().keySet()) {
            assertClose(
                    "gradient of " + parameter,
                    fastGradient.getFirst().getGradientFor(parameter),
                    plainGradient.getFirst().getGradientFor(parameter));
        }
        assertClose("gradient of the input", fastGradient.getSecond(), plainGradient.getSecond());
        for (int step = 0; step < STEPS; step++) {
            plain.fit(new DataSet(input, labels));
            fast.fit(new DataSet(input, labels));
        }
        plain.paramTable().forEach((name, values) -> assertClose("trained " + name, fast.getParam(name), values));
    }

    /** Asserts that the largest difference is below the tolerance times the largest expected value. */
    static void assertClose(String what, INDArray actual, INDArray expected) {
        assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
        double scale = Math.max(expected.amaxNumber().doubleValue(), 1e-3);
        assertThat(actual.sub(expected).amaxNumber().doubleValue() / scale)
                .as(what)
                .isLessThan(TOLERANCE);
    }
}
