package io.github.dl4jprune.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.ActivationCriterion;
import io.github.dl4jprune.criterion.ApoZ;
import io.github.dl4jprune.criterion.MeanActivation;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.testing.Networks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A layer that applies its own activation function is scored by that, not by what an activation layer makes of it. */
class ActivationScoresTest {
    private static final INDArray INPUT = Nd4j.createFromArray(new double[][] {{1, -2, 3}, {-0.5, 0.25, -1}});
    private static final INDArray WEIGHTS = Nd4j.createFromArray(new double[][] {{1, -1}, {0.5, 2}, {-1, 0.25}});

    static List<Model> networks() {
        return List.of(chain(), graph());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void mean_activation_looks_at_the_layer_itself(Model network) {
        double[] scores = score(new MeanActivation(), network);

        INDArray expected = Transforms.abs(Transforms.tanh(INPUT.mmul(WEIGHTS))).mean(0);
        assertThat(scores).containsExactly(expected.toDoubleVector(), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void apoz_looks_at_the_layer_itself(Model network) {
        double[] scores = score(new ApoZ(), network);

        // no tanh is zero, though most of these are negative
        assertThat(scores).containsExactly(1, 1);
    }

    private static double[] score(ActivationCriterion criterion, Model network) {
        NetworkView<Model> view = NetworkView.of(network);
        Objects.requireNonNull(view.parameters("hidden").get("W")).assign(WEIGHTS);
        DataSet batch = new DataSet(INPUT.dup(), Networks.oneHot(2, 2));
        Map<String, double[]> scores = new ActivationScores(view, ChannelGraph.of(view))
                .score(criterion, List.of("hidden"), new ListDataSetIterator<>(List.of(batch), 2));
        return scores.getOrDefault("hidden", new double[0]);
    }

    private static MultiLayerNetwork chain() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.builder(new NoOp())
                .list()
                .layer(hidden())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(output())
                .setInputType(InputType.feedForward(3))
                .build());
        network.init();
        return network;
    }

    private static ComputationGraph graph() {
        ComputationGraph network = new ComputationGraph(Networks.builder(new NoOp())
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", hidden(), "in")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "hidden")
                .addLayer("out", output(), "relu")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(3))
                .build());
        network.init();
        return network;
    }

    private static DenseLayer hidden() {
        return new DenseLayer.Builder().nOut(2).name("hidden").build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE).nOut(2).name("out").build();
    }
}
