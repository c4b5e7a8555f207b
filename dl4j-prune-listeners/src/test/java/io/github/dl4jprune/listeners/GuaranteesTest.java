package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Granularity;
import io.github.dl4jprune.surgery.Surgery;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.MinMaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A pruned weight is exactly 0 after every iteration, whatever else is going on. */
class GuaranteesTest {
    private final List<DataSet> data = SmallNetworks.data(4, 8);

    private static StaticPruningListener half(Granularity granularity) {
        return new StaticPruningListener.Builder()
                .granularity(granularity)
                .sparsity(0.5)
                .build();
    }

    private static NeuralNetConfiguration.Builder momentum() {
        return SmallNetworks.builder(new Nesterovs(0.05, 0.9)).l2(1e-2).l1(1e-3);
    }

    private static ZeroWatch watched(Model network, PruningListener listener) {
        ZeroWatch watch = new ZeroWatch(listener, network);
        network.addListeners(watch);
        listener.attach(network);
        return watch;
    }

    private ZeroWatch trained(MultiLayerNetwork network, Granularity granularity) {
        PruningListener listener = half(granularity);
        ZeroWatch watch = watched(network, listener);
        data.forEach(batch -> {
            network.fit(batch);
            // after constraints too
            assertThat(ZeroWatch.largestPruned(network, listener.weightMask().orElseThrow()))
                    .isZero();
        });
        return watch;
    }

    @ParameterizedTest
    @EnumSource(GradientNormalization.class)
    void with_every_gradient_normalisation(GradientNormalization normalization) {
        for (Granularity granularity : Granularity.values()) {
            MultiLayerNetwork network = SmallNetworks.layered(
                    momentum().gradientNormalization(normalization).gradientNormalizationThreshold(0.3),
                    SmallNetworks.layers(CNN2DFormat.NCHW, true));

            ZeroWatch watch = trained(network, granularity);

            assertThat(watch.largestPruned).hasSize(4).containsOnly(0.0);
            assertThat(network.params().sumNumber().doubleValue()).isFinite();
        }
    }

    @Test
    void with_dropout_and_the_constraints_that_leave_zeros_alone() {
        for (Granularity granularity : Granularity.values()) {
            MultiLayerNetwork network = SmallNetworks.layered(
                    momentum()
                            .dropOut(0.7)
                            .constrainWeights(
                                    new MaxNormConstraint(0.5, 1),
                                    new MinMaxNormConstraint(0.1, 0.6, 1),
                                    new NonNegativeConstraint()),
                    SmallNetworks.layers(CNN2DFormat.NCHW, true));

            ZeroWatch watch = trained(network, granularity);

            assertThat(watch.largestPruned).hasSize(4).containsOnly(0.0);
        }
    }

    @Test
    void a_constraint_that_breaks_zeros_is_refused_at_once() {
        MultiLayerNetwork network = SmallNetworks.layered(
                momentum().constrainWeights(new UnitNormConstraint(1, 2, 3)),
                SmallNetworks.convolution(4, CNN2DFormat.NCHW),
                SmallNetworks.convolution(3, CNN2DFormat.NCHW),
                SmallNetworks.output());
        INDArray before = network.params().dup();

        assertThatThrownBy(() -> half(Granularity.FILTER).attach(network))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("layer \"layer0\": constraints must leave pruned weights at 0, got [UnitNormConstraint];"
                        + " remove the one that moves them, or put a MaskConstraint behind it");
        assertThat(network.params()
                        .eq(before)
                        .castTo(DataType.INT32)
                        .sumNumber()
                        .intValue())
                .isLessThan((int) before.length());
    }

    @Test
    void with_depthwise_convolutions_whose_l2_reaches_the_wrong_parameters() {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.builder(new Adam(0.05)).l2(0.1),
                SmallNetworks.convolution(4, CNN2DFormat.NCHW),
                new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).build(),
                SmallNetworks.output());

        ZeroWatch watch = trained(network, Granularity.WEIGHT);

        assertThat(watch.largestPruned).hasSize(4).containsOnly(0.0);
    }

    @Test
    void with_truncated_back_propagation() {
        for (Granularity granularity : Granularity.values()) {
            MultiLayerNetwork network = new MultiLayerNetwork(momentum()
                    .list(
                            new LSTM.Builder().nOut(6).build(),
                            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                    .nOut(3)
                                    .activation(Activation.SOFTMAX)
                                    .build())
                    .setInputType(InputType.recurrent(4))
                    .backpropType(BackpropType.TruncatedBPTT)
                    .tBPTTLength(4)
                    .build());
            network.init();
            INDArray labels = Nd4j.zeros(DataType.DOUBLE, 2, 3, 12);
            labels.get(NDArrayIndex.all(), NDArrayIndex.point(1)).assign(1);
            DataSet series = new DataSet(Nd4j.rand(DataType.DOUBLE, 2, 4, 12), labels);
            PruningListener listener = half(granularity);
            ZeroWatch watch = watched(network, listener);

            network.fit(series);
            network.fit(series);

            assertThat(watch.largestPruned).hasSize(6).containsOnly(0.0);
            assertThat(listener.weightMask().orElseThrow().count()).isPositive();
        }
    }

    @Test
    void with_layer_wise_pretraining() {
        MultiLayerNetwork network = SmallNetworks.layered(
                momentum(),
                new AutoEncoder.Builder().nOut(6).build(),
                new DenseLayer.Builder().nOut(5).build(),
                SmallNetworks.output());
        PruningListener listener = half(Granularity.WEIGHT);
        ZeroWatch watch = watched(network, listener);
        List<DataSet> flat = data.stream()
                .map(batch -> new DataSet(batch.getFeatures().reshape(8, 50), batch.getLabels()))
                .toList();

        network.pretrain(SmallNetworks.iterator(flat));
        network.fit(SmallNetworks.iterator(flat));

        assertThat(watch.largestPruned).hasSize(8).containsOnly(0.0);
    }

    @Test
    void with_frozen_layers_which_are_left_alone() {
        MultiLayerNetwork whole = SmallNetworks.layered(new Adam(0.05));
        MultiLayerNetwork network =
                new TransferLearning.Builder(whole).setFeatureExtractor(1).build();
        INDArray frozen = network.getParam("0_W").dup();

        for (Granularity granularity : Granularity.values()) {
            MultiLayerNetwork copy = network.clone();
            PruningListener listener = half(granularity);
            ZeroWatch watch = watched(copy, listener);

            copy.fit(SmallNetworks.iterator(data));

            assertThat(watch.largestPruned).hasSize(4).containsOnly(0.0);
            assertThat(copy.getParam("0_W")).isEqualTo(frozen);
        }
        assertThatThrownBy(() -> new StaticPruningListener.Builder()
                        .granularity(Granularity.WEIGHT)
                        .layer("layer0", 0.5)
                        .build()
                        .attach(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"layer0\" must be one with weights that train, got a frozen one");
    }

    @Test
    void running_statistics_of_kept_channels_are_those_of_the_shrunk_network() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        PruningListener listener = half(Granularity.FILTER);
        listener.attach(network);
        var view = NetworkView.of(network);
        var mask = listener.channelMask().orElseThrow();
        ComputationGraph small = Surgery.shrink(view, mask);
        small.setListeners(new ArrayList<>());

        network.fit(SmallNetworks.iterator(data));
        small.fit(SmallNetworks.iterator(data));

        int[] kept = mask.kept(mask.graph().unitIds("bn2").orElseThrow());
        for (int i = 0; i < kept.length; i++) {
            for (String key : List.of("bn2_mean", "bn2_var")) {
                assertThat(network.getParam(key).getDouble(kept[i]))
                        .isCloseTo(small.getParam(key).getDouble(i), within(1e-12));
            }
        }
    }
}
