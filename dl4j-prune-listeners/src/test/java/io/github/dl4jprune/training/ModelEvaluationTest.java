package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import java.util.BitSet;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class ModelEvaluationTest {
    private final List<DataSet> data = SmallNetworks.data(3, 4);

    @Test
    void a_layered_network_scores_as_dl4j_does() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));

        ModelEvaluation evaluation = ModelEvaluation.of(network, SmallNetworks.iterator(data));

        assertThat(evaluation.examples()).isEqualTo(12);
        assertThat(evaluation.accuracy())
                .isEqualTo(network.evaluate(SmallNetworks.iterator(data)).accuracy());
        assertThat(evaluation.loss()).isCloseTo(network.score(DataSet.merge(data)), within(1e-12));
    }

    @Test
    void a_graph_scores_as_dl4j_does() {
        ComputationGraph network = SmallNetworks.graph(new Sgd(0.1));

        ModelEvaluation evaluation = ModelEvaluation.of(network, SmallNetworks.iterator(data));

        assertThat(evaluation.accuracy())
                .isEqualTo(network.evaluate(SmallNetworks.iterator(data)).accuracy());
        assertThat(evaluation.loss()).isCloseTo(network.score(DataSet.merge(data)), within(1e-12));
    }

    @Test
    void a_loss_layer_of_another_loss_scores_as_dl4j_does() {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.builder(new Sgd(0.1)),
                new DenseLayer.Builder().nOut(3).build(),
                new LossLayer.Builder(LossFunction.XENT)
                        .activation(Activation.SIGMOID)
                        .build());

        ModelEvaluation evaluation = ModelEvaluation.of(network, SmallNetworks.iterator(data));

        assertThat(evaluation.loss()).isCloseTo(network.score(DataSet.merge(data)), within(1e-12));
    }

    @Test
    void regularisation_is_no_part_of_the_loss() {
        var plain = SmallNetworks.builder(new Sgd(0.1));
        var decayed = SmallNetworks.builder(new Sgd(0.1)).l2(1);

        double expected = ModelEvaluation.of(
                        SmallNetworks.layered(plain, SmallNetworks.layers(CNN2DFormat.NCHW, true)),
                        SmallNetworks.iterator(data))
                .loss();
        double loss = ModelEvaluation.of(
                        SmallNetworks.layered(decayed, SmallNetworks.layers(CNN2DFormat.NCHW, true)),
                        SmallNetworks.iterator(data))
                .loss();

        assertThat(loss).isEqualTo(expected);
    }

    // outputs W^T x = x: the classes 0, 1, 1, 2 against the labels 0, 1, 2, 2
    @Test
    void correct_examples_are_marked_in_order() {
        MultiLayerNetwork network = identity();
        INDArray features = Nd4j.createFromArray(new double[][] {{3, 1, 0}, {0, 1, 0}, {0, 2, 1}, {0, 0, 1}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1}});

        ModelEvaluation evaluation =
                ModelEvaluation.of(network, SmallNetworks.iterator(List.of(new DataSet(features, labels))));

        assertThat(evaluation.accuracy()).isEqualTo(0.75);
        assertThat(evaluation.correct()).isEqualTo(BitSet.valueOf(new long[] {0b1011}));
    }

    @Test
    void a_network_that_ends_without_a_loss_is_scored_by_cross_entropy() {
        MultiLayerNetwork withLoss = identity();
        MultiLayerNetwork without = network(
                new DenseLayer.Builder().nOut(3).activation(Activation.IDENTITY).build(),
                new ActivationLayer(Activation.SOFTMAX));
        without.setParams(withLoss.params());
        DataSet batch = new DataSet(
                Nd4j.createFromArray(new double[][] {{3, 1, 0}, {-90, 90, 0}}),
                Nd4j.createFromArray(new double[][] {{1, 0, 0}, {1, 0, 0}}));

        ModelEvaluation evaluation = ModelEvaluation.of(without, SmallNetworks.iterator(List.of(batch)));

        assertThat(evaluation.loss()).isCloseTo(withLoss.score(batch), within(1e-12));
        assertThat(evaluation.accuracy()).isEqualTo(0.5);
    }

    @Test
    void time_steps_masked_in_the_features_do_not_count() {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(0.1))
                .list(
                        new LSTM.Builder().nOut(4).build(),
                        new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                        SmallNetworks.output())
                .setInputType(InputType.recurrent(2))
                .build());
        network.init();
        DataSet whole = new DataSet(
                Nd4j.ones(DataType.DOUBLE, 1, 2, 3), Nd4j.eye(3).getRows(0).castTo(DataType.DOUBLE));
        DataSet longer = new DataSet(
                Nd4j.ones(DataType.DOUBLE, 1, 2, 5),
                whole.getLabels(),
                Nd4j.createFromArray(new double[][] {{1, 1, 1, 0, 0}}),
                null);

        double expected = ModelEvaluation.of(network, SmallNetworks.iterator(List.of(whole)))
                .loss();
        double loss = ModelEvaluation.of(network, new ListDataSetIterator<>(List.of(longer), 1))
                .loss();

        assertThat(loss).isCloseTo(expected, within(1e-12));
    }

    @Test
    void the_network_is_not_changed() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        String configuration = network.getLayerWiseConfigurations().toJson();
        INDArray parameters = network.params().dup();

        ModelEvaluation.of(network, SmallNetworks.iterator(data));

        assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(configuration);
        assertThat(network.params()).isEqualTo(parameters);
    }

    @Test
    void the_bits_cannot_be_changed_from_outside() {
        BitSet bits = BitSet.valueOf(new long[] {1});
        ModelEvaluation evaluation = new ModelEvaluation(2, 0.5, 0, bits);

        bits.set(1);
        evaluation.correct().clear();

        assertThat(evaluation.correct()).isEqualTo(BitSet.valueOf(new long[] {1}));
    }

    @Test
    void no_examples_and_sequences_are_refused() {
        MultiLayerNetwork sequence = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(0.1))
                .list(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(2))
                .build());
        sequence.init();
        DataSet steps = new DataSet(Nd4j.ones(DataType.DOUBLE, 1, 2, 4), Nd4j.ones(DataType.DOUBLE, 1, 3, 4));

        assertThatThrownBy(() -> ModelEvaluation.of(identity(), new ListDataSetIterator<>(List.<DataSet>of(), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evaluation data must hold at least one example, got none");
        assertThatThrownBy(() -> ModelEvaluation.of(sequence, SmallNetworks.iterator(List.of(steps))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outputs and labels must both be [examples, classes], got [1, 3, 4] and [1, 3, 4]");
    }

    private static MultiLayerNetwork identity() {
        MultiLayerNetwork network = network(new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build());
        network.getParam("0_W").assign(Nd4j.eye(3));
        return network;
    }

    private static MultiLayerNetwork network(org.deeplearning4j.nn.conf.layers.Layer... layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(0.1))
                .list(layers)
                .setInputType(InputType.feedForward(3))
                .build());
        network.init();
        return network;
    }
}
