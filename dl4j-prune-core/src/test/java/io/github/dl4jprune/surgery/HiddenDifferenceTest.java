package io.github.dl4jprune.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.testing.Networks;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What output layers read is compared as they read it. */
class HiddenDifferenceTest {
    private static final INDArray INPUT = Nd4j.createFromArray(new double[][] {{1, 2, 3}});

    @Test
    void a_difference_that_an_activation_layer_beside_the_output_would_wipe_out_is_seen() {
        NetworkView<ComputationGraph> wide = NetworkView.of(network(-1));
        NetworkView<ComputationGraph> other = NetworkView.of(network(-2));
        ChannelMask nothing = ChannelMask.none(ChannelGraph.of(wide));

        Verification verification = Verification.compare(wide, other, nothing, INPUT);

        assertThat(verification.maxAbsoluteDifference()).isEqualTo(1.0);
        assertThat(verification.passed()).isFalse();
    }

    /** A hidden layer that puts out {@code value}, an output that multiplies it by zero, a ReLU that reads it too. */
    private static ComputationGraph network(double value) {
        ComputationGraph network = new ComputationGraph(Networks.builder(new NoOp())
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        "hidden",
                        new DenseLayer.Builder().nOut(4).biasInit(value).build(),
                        "in")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "hidden")
                .addLayer("out", output(), "hidden")
                .addLayer("side", output(), "relu")
                .setOutputs("out", "side")
                .setInputTypes(InputType.feedForward(3))
                .build());
        network.init();
        for (String layer : new String[] {"hidden", "out", "side"}) {
            network.getLayer(layer).getParam("W").assign(0);
        }
        return network;
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build();
    }
}
