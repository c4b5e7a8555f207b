package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

class WeightMaskListenerTest {
    private static final int ITERATIONS = 10;
    private final List<DataSet> data = SmallNetworks.data(ITERATIONS, 8);

    static Stream<IUpdater> updaters() {
        return Stream.of(
                new Sgd(0.05),
                new Nesterovs(0.05, 0.9),
                new Adam(0.01),
                new AdaMax(0.01),
                new Nadam(0.01),
                new AMSGrad(0.01),
                new RmsProp(0.01),
                new AdaGrad(0.05),
                new AdaDelta());
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void masked_weights_of_a_layered_network_are_zero_after_every_iteration(IUpdater updater) {
        var builder = SmallNetworks.clipped(updater).weightDecay(1e-2).weightDecayBias(1e-2);
        MultiLayerNetwork network = SmallNetworks.layered(builder, SmallNetworks.layers(CNN2DFormat.NCHW, true));
        network.fit(data.get(0));

        staysMasked(network, updater, batch -> network.fit(batch));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void masked_weights_of_a_graph_are_zero_after_every_iteration(IUpdater updater) {
        ComputationGraph network =
                SmallNetworks.graph(SmallNetworks.clipped(updater).l2(1e-2).l2Bias(1e-2), CNN2DFormat.NCHW);
        network.fit(data.get(0));

        staysMasked(network, updater, batch -> network.fit(batch));
    }

    private void staysMasked(Model network, IUpdater updater, java.util.function.Consumer<DataSet> fit) {
        INDArray mask = everyThirdMasked(network);
        Recorder recorder = new Recorder(mask);
        network.setListeners(recorder);
        INDArray before = network.params().dup();

        WeightMaskListener.attach(network, mask);
        data.forEach(fit);

        assertThat(recorder.largestMasked).hasSize(ITERATIONS).containsOnly(0.0);
        INDArray moved = network.params().sub(before).muli(mask);
        assertThat(moved.amaxNumber().doubleValue())
                .as("%s trains the rest", updater)
                .isGreaterThan(1e-6);
        assertThat(moved.sumNumber().doubleValue()).isFinite();
    }

    @Test
    void the_mask_is_in_force_from_the_moment_it_is_attached() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        network.fit(data.get(0));
        INDArray mask = everyThirdMasked(network);

        WeightMaskListener.attach(network, mask);

        assertThat(largestMasked(network.params(), mask)).isZero();
    }

    @Test
    void updater_state_behind_masked_weights_is_zeroed_and_the_rest_is_kept() {
        MultiLayerNetwork network = SmallNetworks.layered(new Nesterovs(0.05, 0.9));
        network.fit(data.get(0));
        INDArray before = network.getUpdater().getStateViewArray().dup();
        INDArray mask = Nd4j.ones(DataType.DOUBLE, network.numParams());
        mask.putScalar(0, 0);

        WeightMaskListener.attach(network, mask);

        INDArray after = network.getUpdater().getStateViewArray();
        assertThat(before.getDouble(0)).isNotZero();
        assertThat(after.getDouble(0)).isZero();
        assertThat(after.sub(before).norm1Number().doubleValue()).isEqualTo(Math.abs(before.getDouble(0)));
    }

    @Test
    void a_listener_that_was_only_added_masks_within_the_first_iteration() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        INDArray mask = everyThirdMasked(network);

        network.addListeners(new WeightMaskListener(mask));
        network.fit(data.get(0));

        assertThat(largestMasked(network.params(), mask)).isZero();
    }

    @Test
    void unmasked_weights_train_as_they_would_without_the_listener() {
        MultiLayerNetwork plain = SmallNetworks.layered(new Adam(0.01));
        MultiLayerNetwork listened = SmallNetworks.layered(new Adam(0.01));

        WeightMaskListener.attach(listened, Nd4j.ones(DataType.DOUBLE, listened.numParams()));
        plain.fit(SmallNetworks.iterator(data));
        listened.fit(SmallNetworks.iterator(data));

        assertThat(listened.params()).isEqualTo(plain.params());
    }

    @Test
    void a_replaced_mask_frees_the_old_weights_and_holds_the_new() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        INDArray first = everyThirdMasked(network);
        INDArray second = first.rsub(1.0);
        WeightMaskListener listener = WeightMaskListener.attach(network, first);
        network.fit(data.get(0));

        listener.replace(second);
        network.fit(data.get(1));

        assertThat(largestMasked(network.params(), second)).isZero();
        assertThat(largestMasked(network.params(), first)).isPositive();
    }

    @Test
    void it_comes_before_the_listeners_that_were_there() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        Recorder other = new Recorder(everyThirdMasked(network));
        network.setListeners(other);

        WeightMaskListener listener = WeightMaskListener.attach(network, everyThirdMasked(network));

        assertThat(network.getListeners()).containsExactly(listener, other);
    }

    @Test
    void a_network_with_frozen_layers_trains_behind_the_mask() {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.builder(new Adam(0.01)),
                new FrozenLayer(SmallNetworks.convolution(4, CNN2DFormat.NCHW)),
                SmallNetworks.convolution(3, CNN2DFormat.NCHW),
                SmallNetworks.output());
        INDArray mask = everyThirdMasked(network);

        WeightMaskListener.attach(network, mask);
        network.fit(SmallNetworks.iterator(data));

        assertThat(largestMasked(network.params(), mask)).isZero();
    }

    @Test
    void a_mask_of_another_data_type_fits() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        INDArray mask = everyThirdMasked(network);

        WeightMaskListener.attach(network, mask.castTo(DataType.BOOL));
        network.fit(data.get(0));

        assertThat(largestMasked(network.params(), mask)).isZero();
    }

    @Test
    void a_serialised_listener_still_masks() throws IOException, ClassNotFoundException {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        INDArray mask = everyThirdMasked(network);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new WeightMaskListener(mask));
        }

        WeightMaskListener read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (WeightMaskListener) in.readObject();
        }
        read.applyTo(network);

        assertThat(largestMasked(network.params(), mask)).isZero();
        assertThat(read).hasToString(new WeightMaskListener(mask).toString());
    }

    @Test
    void masked_statistics_of_a_dead_channel_rest_while_unmasked_ones_fall() {
        MultiLayerNetwork masked = deadChannel();
        MultiLayerNetwork unmasked = deadChannel();
        INDArray all = deadChannelMask(masked, "0_W", "0_b", "1_gamma", "1_beta", "1_mean", "1_log10stdev");
        INDArray allButStatistics = deadChannelMask(masked, "0_W", "0_b", "1_gamma", "1_beta");

        train(masked, all);
        train(unmasked, allButStatistics);

        assertThat(masked.getParam("1_log10stdev").getDouble(0)).isZero();
        // the running variance becomes 0.9 of itself at each of 5 iterations: 5 * log10(0.9) / 2
        assertThat(unmasked.getParam("1_log10stdev").getDouble(0)).isCloseTo(-0.11439372, within(1e-8));
    }

    private static MultiLayerNetwork deadChannel() {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallNetworks.builder(new Sgd(0.01))
                .list(
                        new DenseLayer.Builder().nOut(2).build(),
                        new BatchNormalization.Builder().build(),
                        SmallNetworks.output())
                .setInputType(InputType.feedForward(2))
                .build());
        network.init();
        return network;
    }

    private static INDArray deadChannelMask(MultiLayerNetwork network, String... names) {
        MultiLayerNetwork marked = network.clone();
        marked.params().assign(1);
        for (String name : names) {
            INDArray parameter = marked.getParam(name);
            if (parameter.rank() == 2) {
                parameter.getColumn(0).assign(0);
            } else {
                parameter.putScalar(0, 0);
            }
        }
        return marked.params();
    }

    private static void train(MultiLayerNetwork network, INDArray mask) {
        WeightMaskListener.attach(network, mask);
        DataSet batch = new DataSet(
                Nd4j.createFromArray(new double[][] {{1, 2}, {3, -1}, {0, 1}}),
                Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}));
        for (int i = 0; i < 5; i++) {
            network.fit(batch);
        }
    }

    @Test
    void a_mask_of_another_length_is_refused() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));

        assertThatThrownBy(() -> WeightMaskListener.attach(network, Nd4j.ones(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight mask must have one value a parameter, %d, got 3", network.numParams());
    }

    @Test
    void a_mask_of_other_values_is_refused() {
        assertThatThrownBy(() -> new WeightMaskListener(Nd4j.createFromArray(0.0, 0.5, 1.0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("weight mask must hold only 0 and 1, got 2 other values");
    }

    private static INDArray everyThirdMasked(Model network) {
        INDArray mask = Nd4j.ones(DataType.DOUBLE, network.numParams());
        for (long i = 0; i < mask.length(); i += 3) {
            mask.putScalar(i, 0);
        }
        return mask;
    }

    private static double largestMasked(INDArray parameters, INDArray mask) {
        return parameters.mul(mask.rsub(1.0)).amaxNumber().doubleValue();
    }

    /** Looks at the parameters after each iteration. */
    private static final class Recorder extends BaseTrainingListener {
        private final INDArray mask;
        private final List<Double> largestMasked = new ArrayList<>();

        private Recorder(INDArray mask) {
            this.mask = mask;
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            largestMasked.add(largestMasked(model.params(), mask));
        }
    }
}
