package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.SmallNetworks;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.RampSchedule;

class UpdaterSettingTest {
    private static final Nesterovs EXPECTED = new Nesterovs(0.02, 0.9);
    private final UpdaterSetting setting = new UpdaterSetting(0.02, 0.9, 5e-4);

    @Test
    void weights_decay_biases_do_not_and_l1_stays() {
        DenseLayer layer =
                new DenseLayer.Builder().nIn(2).nOut(2).updater(new Adam()).build();
        layer.setRegularization(List.of(new L1Regularization(0.1), new WeightDecay(0.2, true)));
        layer.setRegularizationBias(List.of(new L2Regularization(0.3)));

        setting.accept(layer);

        assertThat(layer.getUpdaterByParam("W")).isEqualTo(EXPECTED);
        assertThat(layer.getUpdaterByParam("b")).isEqualTo(EXPECTED);
        assertThat(layer.getRegularizationByParam("W"))
                .containsExactly(new L1Regularization(0.1), new L2Regularization(5e-4));
        assertThat(layer.getRegularizationByParam("b")).isEmpty();
    }

    @Test
    void a_layer_or_bias_that_stands_still_stays_still() {
        DenseLayer noOp = new DenseLayer.Builder().updater(new NoOp()).build();
        DenseLayer zero = new DenseLayer.Builder().updater(new Sgd(0)).build();
        DenseLayer fixedBias = new DenseLayer.Builder()
                .updater(new Adam())
                .biasUpdater(new Sgd(0))
                .build();
        zero.setRegularization(List.of(new L2Regularization(0.3)));

        List.of(noOp, zero, fixedBias).forEach(setting);

        assertThat(noOp.getIUpdater()).isEqualTo(new NoOp());
        assertThat(zero.getIUpdater()).isEqualTo(new Sgd(0));
        assertThat(zero.getRegularization()).containsExactly(new L2Regularization(0.3));
        assertThat(fixedBias.getIUpdater()).isEqualTo(EXPECTED);
        assertThat(fixedBias.getBiasUpdater()).isEqualTo(new Sgd(0));
    }

    @Test
    void a_schedule_that_warms_up_is_not_taken_for_standing_still() {
        DenseLayer layer = new DenseLayer.Builder()
                .updater(new Sgd(new RampSchedule(new FixedSchedule(0.1), 5)))
                .build();

        setting.accept(layer);

        assertThat(layer.getIUpdater()).isEqualTo(EXPECTED);
    }

    @Test
    void batch_norm_statistics_keep_their_own_updater() {
        BatchNormalization layer =
                new BatchNormalization.Builder().updater(new Adam()).build();

        setting.accept(layer);

        assertThat(layer.getUpdaterByParam("gamma")).isEqualTo(EXPECTED);
        assertThat(layer.getUpdaterByParam("mean")).isEqualTo(new NoOp());
        assertThat(layer.getRegularizationByParam("gamma")).isNull();
    }

    @Test
    void wrapped_and_bidirectional_layers_are_reached() {
        LSTM last = new LSTM.Builder().nOut(2).updater(new Adam()).build();
        LSTM both = new LSTM.Builder().nOut(2).updater(new Adam()).build();
        Bidirectional bidirectional = new Bidirectional(both);
        SelfAttentionLayer attention = new SelfAttentionLayer.Builder()
                .nIn(2)
                .nOut(2)
                .nHeads(1)
                .projectInput(true)
                .updater(new Adam())
                .build();

        List.of(new LastTimeStep(last), bidirectional, attention).forEach(setting);

        assertThat(last.getIUpdater()).isEqualTo(EXPECTED);
        assertThat(bidirectional.getUpdaterByParam("fW")).isEqualTo(EXPECTED);
        assertThat(((LSTM) bidirectional.getBwd()).getIUpdater()).isEqualTo(EXPECTED);
        assertThat(attention.getUpdater()).isEqualTo(EXPECTED);
        assertThat(attention.getRegularization()).containsExactly(new L2Regularization(5e-4));
    }

    @Test
    void frozen_layers_of_both_kinds_and_runtime_freezing_keep_their_weights_under_decay() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.1))
                .l2(0.1)
                .list(
                        new DenseLayer.Builder().nOut(3).build(),
                        new FrozenLayer(new DenseLayer.Builder().nOut(3).build()),
                        new FrozenLayerWithBackprop(
                                new DenseLayer.Builder().nOut(3).build()),
                        SmallNetworks.output())
                .setInputType(InputType.convolutional(5, 5, 2, CNN2DFormat.NCHW))
                .build());
        network.init();
        var layers = network.getLayers();
        layers[0] = new org.deeplearning4j.nn.layers.FrozenLayer(layers[0]);
        network.setLayers(layers);
        INDArray before = network.params().dup();

        MultiLayerNetwork trained = new FineTuning.Builder()
                .weightDecay(0.1)
                .build()
                .fit(network, SmallNetworks.iterator(SmallNetworks.data(4, 4)), TrainingProgress.none());

        assertThat(trained.getLayer(0)).isInstanceOf(org.deeplearning4j.nn.layers.FrozenLayer.class);
        long frozen = network.getLayer(0).numParams()
                + network.getLayer(1).numParams()
                + network.getLayer(2).numParams();
        INDArray moved = trained.params().sub(before);
        for (long i = 0; i < frozen; i++) {
            assertThat(moved.getDouble(i)).isZero();
        }
        assertThat(moved.norm1Number().doubleValue()).isPositive();
    }
}
