package io.github.dl4jprune.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class GeluTest {
    private static final INDArray X =
            Nd4j.linspace(DataType.DOUBLE, -8, 0.01, 1601).reshape(1601, 1);

    @Test
    void the_vertices_stay_within_a_2000th_of_the_exact_function() {
        INDArray output = network().outputSingle(X.dup());

        assertThat(output.sub(exact()).amaxNumber().doubleValue()).isLessThan(4.8e-4);
    }

    @Test
    void running_them_leaves_their_input_alone() {
        INDArray x = X.dup();

        network().outputSingle(x);

        assertThat(x).isEqualTo(X);
    }

    @Test
    void both_of_dl4js_own_functions_are_forty_times_farther_off() {
        INDArray logistic = new ActivationGELU(false).getActivation(X.dup(), false);
        INDArray precise = new ActivationGELU(true).getActivation(X.dup(), false);

        assertThat(logistic.sub(exact()).amaxNumber().doubleValue()).isBetween(0.020, 0.021);
        assertThat(precise.sub(exact()).amaxNumber().doubleValue()).isBetween(0.033, 0.034);
    }

    @Test
    void the_gradient_is_that_of_the_function() {
        ModelOptions options = new ModelOptions.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(1))
                .weightDecay(0)
                .classes(3)
                .build();
        LayerFactory layers = new LayerFactory(options);
        ComputationGraph network = Gelu.append(
                        new Chain(layers, InputType.feedForward(4))
                                .then("dense", layers.dense(5).build()),
                        "gelu")
                .then("out", layers.output())
                .build();
        network.setInputs(Nd4j.randn(DataType.DOUBLE, 3, 4));
        network.setLabels(Nd4j.eye(3).castTo(DataType.DOUBLE));
        network.computeGradientAndScore();
        INDArray gradient = network.gradient().gradient().div(3); // a sum over the examples, the score is a mean

        double step = 1e-6;
        for (long i = 0; i < network.numParams(); i++) {
            double slope = (score(network, i, step) - score(network, i, -step)) / (2 * step);
            assertThat(gradient.getDouble(i)).as("parameter %d", i).isCloseTo(slope, within(1e-8));
        }
    }

    /** The score with one parameter moved, which is moved back. */
    private static double score(ComputationGraph network, long parameter, double step) {
        double value = network.params().getDouble(parameter);
        network.params().putScalar(parameter, value + step);
        network.computeGradientAndScore();
        network.params().putScalar(parameter, value);
        return network.score();
    }

    private static ComputationGraph network() {
        LayerFactory layers = new LayerFactory(
                new ModelOptions.Builder().dataType(DataType.DOUBLE).build());
        return Gelu.append(new Chain(layers, InputType.feedForward(1)), "gelu").build();
    }

    private static INDArray exact() {
        INDArray scaled = X.div(Math.sqrt(2));
        INDArray cumulative = Nd4j.exec(new Erf(scaled, scaled.dup())).add(1).mul(0.5);
        return X.mul(cumulative);
    }
}
