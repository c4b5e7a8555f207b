package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class DistillationTest {
    private static final ActivationSoftmax SOFTMAX = new ActivationSoftmax();

    // python3: from math import *
    // def sm(z, t=1): e = [exp(x / t) for x in z]; return [x / sum(e) for x in e]
    // z, v, y, a, T = [1, -0.5, 2], [0.5, 1.5, -1], [0, 1, 0], 0.7, 3; t, s, p = sm(v, T), sm(z, T), sm(z)
    // a * T * T * sum(x * log(x / w) for x, w in zip(t, s)) - (1 - a) * sum(q * log(w) for q, w in zip(y, p))
    // [a * T * (w - x) + (1 - a) * (r - q) for x, w, r, q in zip(t, s, p, y)]
    @Test
    void loss_and_gradient_are_those_of_the_formula() {
        INDArray logits = Nd4j.createFromArray(new double[][] {{1, -0.5, 2}});
        INDArray taught =
                Nd4j.createFromArray(new double[][] {{0.3330953827828777, 0.4648720549505913, 0.20203256226653102}});
        INDArray labels = Nd4j.concat(1, Nd4j.createFromArray(new double[][] {{0, 1, 0}}), taught);
        DistillationLoss loss = new DistillationLoss(0.7, 3);

        var both = loss.computeGradientAndScore(labels, logits, SOFTMAX, null, false);

        assertThat(both.getFirst()).isCloseTo(2.2413690461471214, within(1e-12));
        assertThat(both.getSecond().toDoubleVector())
                .containsExactly(
                        new double[] {0.07611485449050767, -0.8349794149643852, 0.7588645604738775}, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "0.5, 2", "0.9, 4", "1, 0.5"})
    void the_gradient_is_the_slope_of_the_loss(double weight, double temperature) {
        INDArray logits = Nd4j.createFromArray(new double[][] {{1, -0.5, 2}, {0.3, 0.1, -4}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, 1, 0, 0.2, 0.5, 0.3}, {1, 0, 0, 0.7, 0.1, 0.2}});
        DistillationLoss loss = new DistillationLoss(weight, temperature);
        double step = 1e-5;

        INDArray gradient = loss.computeGradient(labels, logits, SOFTMAX, null);

        for (int i = 0; i < logits.length(); i++) {
            double up = loss.computeScore(labels, moved(logits, i, step), SOFTMAX, null, false);
            double down = loss.computeScore(labels, moved(logits, i, -step), SOFTMAX, null, false);
            assertThat(gradient.getDouble(i)).isCloseTo((up - down) / (2 * step), within(1e-8));
        }
    }

    private static INDArray moved(INDArray logits, int index, double by) {
        INDArray moved = logits.dup();
        moved.putScalar(index, moved.getDouble(index) + by);
        return moved;
    }

    @Test
    void without_weight_it_is_plain_cross_entropy() {
        INDArray logits = Nd4j.createFromArray(new double[][] {{1, -0.5, 2}, {0.3, 0.1, -4}});
        INDArray hard = Nd4j.createFromArray(new double[][] {{0, 1, 0}, {1, 0, 0}});
        INDArray labels = Nd4j.concat(1, hard, Nd4j.createFromArray(new double[][] {{0.2, 0.5, 0.3}, {0.7, 0.1, 0.2}}));
        ILossFunction plain = new LossMCXENT();
        ILossFunction loss = new DistillationLoss(0, 4);

        assertThat(loss.computeScore(labels, logits, SOFTMAX, null, true))
                .isCloseTo(plain.computeScore(hard, logits, SOFTMAX, null, true), within(1e-12));
        assertThat(loss.computeGradient(labels, logits, SOFTMAX, null)
                        .distance1(plain.computeGradient(hard, logits, SOFTMAX, null)))
                .isLessThan(1e-12);
    }

    @Test
    void at_temperature_one_the_gradient_is_that_of_mixed_labels() {
        INDArray logits = Nd4j.createFromArray(new double[][] {{1, -0.5, 2}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, 1, 0, 0.2, 0.5, 0.3}});
        INDArray mixed = Nd4j.createFromArray(new double[][] {{0.12, 0.7, 0.18}});

        INDArray gradient = new DistillationLoss(0.6, 1).computeGradient(labels, logits, SOFTMAX, null);

        assertThat(gradient.distance1(new LossMCXENT().computeGradient(mixed, logits, SOFTMAX, null)))
                .isLessThan(1e-12);
    }

    @Test
    void a_student_that_agrees_with_the_teacher_has_no_loss_left() {
        INDArray logits = Nd4j.createFromArray(new double[][] {{400, -0.5, -500}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, 1, 0, 1, 0, 0}});
        DistillationLoss loss = new DistillationLoss(1, 1);

        assertThat(loss.computeScore(labels, logits, SOFTMAX, null, false)).isCloseTo(0, within(1e-12));
        assertThat(loss.computeGradient(labels, logits, SOFTMAX, null)
                        .norm1Number()
                        .doubleValue())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void examples_masked_out_count_nothing() {
        INDArray logits = Nd4j.createFromArray(new double[][] {{1, -0.5, 2}, {0.3, 0.1, -4}});
        INDArray labels = Nd4j.createFromArray(new double[][] {{0, 1, 0, 0.2, 0.5, 0.3}, {1, 0, 0, 0.7, 0.1, 0.2}});
        INDArray second = Nd4j.createFromArray(new double[][] {{0}, {1}});
        DistillationLoss loss = new DistillationLoss(0.5, 2);

        INDArray scores = loss.computeScoreArray(labels, logits, SOFTMAX, second);
        INDArray gradient = loss.computeGradient(labels, logits, SOFTMAX, second);

        assertThat(scores.getDouble(0)).isZero();
        assertThat(scores.getDouble(1)).isPositive();
        assertThat(gradient.getRow(0).norm1Number().doubleValue()).isZero();
    }

    @Test
    void labels_of_taught_batches_are_the_true_ones_and_the_softened_output_of_the_teacher() {
        MultiLayerNetwork teacher = SmallNetworks.layered(new Sgd(0.1));
        List<DataSet> data = SmallNetworks.data(2, 4);
        DataSet batch = data.get(0);

        DataSet taught = new Distillation(teacher, 0.5, 2)
                .teach(SmallNetworks.iterator(data))
                .next();

        INDArray output = teacher.output(batch.getFeatures());
        INDArray roots = output.dup();
        for (int i = 0; i < roots.length(); i++) {
            roots.putScalar(i, Math.sqrt(output.getDouble(i))); // softmax(v / 2) is the normalised root
        }
        INDArray expected = roots.divColumnVector(roots.sum(true, 1));
        assertThat(taught.getLabels().distance1(Nd4j.concat(1, batch.getLabels(), expected)))
                .isLessThan(1e-12);
        assertThat(taught.getFeatures()).isEqualTo(batch.getFeatures());
    }

    @Test
    void the_taught_iterator_passes_everything_else_on() {
        var batches = SmallNetworks.iterator(SmallNetworks.data(3, 4));
        var taught = new Distillation(SmallNetworks.graph(new Sgd(0.1))).teach(batches);

        assertThat(taught.next(2).getLabels().shape()).containsExactly(2, 6);
        taught.reset();
        int count = 0;
        while (taught.hasNext()) {
            taught.next();
            count++;
        }

        assertThat(count).isEqualTo(3);
        assertThat(taught.batch()).isEqualTo(4);
        assertThatThrownBy(taught::inputColumns).hasMessageContaining("Rank is [4]"); // ListDataSetIterator's own
        assertThat(taught.totalOutcomes()).isEqualTo(SmallNetworks.CLASSES);
        assertThat(taught.resetSupported()).isTrue();
        assertThat(taught.asyncSupported()).isEqualTo(batches.asyncSupported());
    }

    @Test
    void a_configuration_saved_while_distilling_can_be_read() {
        DistillationLoss loss = new DistillationLoss(0.7, 3);
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        ((OutputLayer) network.getOutputLayer().conf().getLayer()).setLossFn(loss);

        var read = MultiLayerConfiguration.fromJson(
                network.getLayerWiseConfigurations().toJson());

        assertThat(((OutputLayer) read.getConf(6).getLayer()).getLossFn()).isEqualTo(loss);
    }

    @Test
    void values_out_of_range_are_refused() {
        MultiLayerNetwork teacher = SmallNetworks.layered(new Sgd(0.1));

        assertThatThrownBy(() -> new Distillation(teacher, 1.1, 4))
                .hasMessage("distillation weight must be in [0, 1], got 1.1");
        assertThatThrownBy(() -> new Distillation(teacher, 0.5, Double.NaN))
                .hasMessage("distillation temperature must be positive and finite, got NaN");
    }

    @Test
    void a_teacher_without_softmax_is_refused() {
        MultiLayerNetwork teacher = endingIn(new OutputLayer.Builder(LossFunction.MSE)
                .name("last")
                .nOut(3)
                .activation(Activation.IDENTITY)
                .build());

        assertThatThrownBy(() -> new Distillation(teacher))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("teacher's output layer \"last\" must end in a softmax and a loss,"
                        + " got OutputLayer with identity");
    }

    @Test
    void a_student_whose_classes_are_weighted_is_refused() {
        MultiLayerNetwork student = endingIn(new OutputLayer.Builder(new LossMCXENT(Nd4j.createFromArray(1.0, 2, 1)))
                .name("last")
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build());
        Distillation distillation = new Distillation(SmallNetworks.layered(new Sgd(0.1)));

        assertThatThrownBy(() -> distillation.begin(OutputHead.of(Network.of(student))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("network's output layer \"last\" must have an unweighted cross-entropy loss");
    }

    @Test
    void a_teacher_of_other_classes_is_refused() {
        MultiLayerNetwork teacher = SmallNetworks.layered(
                SmallNetworks.builder(new Sgd(0.1)),
                new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build());
        var taught = new Distillation(teacher).teach(SmallNetworks.iterator(SmallNetworks.data(1, 2)));

        assertThatThrownBy(taught::next)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("teacher must answer in the shape of the labels [2, 3], got [2, 4]");
    }

    private static MultiLayerNetwork endingIn(OutputLayer last) {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(0.1))
                .list(last)
                .setInputType(InputType.feedForward(2))
                .build());
        network.init();
        return network;
    }
}
