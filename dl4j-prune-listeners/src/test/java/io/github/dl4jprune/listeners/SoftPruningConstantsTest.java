package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.folding.FoldingReport.Fold;
import io.github.dl4jprune.folding.FoldingReport.Leftover;
import io.github.dl4jprune.folding.FoldingReport.Target;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.MaskMultiplier;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.surgery.Surgery;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** What zeroed filters still put out at the last step goes into their readers, or is reported. */
class SoftPruningConstantsTest {
    private static final double EQUAL = 1e-10;
    private final INDArray input = SmallNetworks.data(1, 6).get(0).getFeatures();

    private static SoftPruningListener last(String... layers) {
        SoftPruningListener.Builder builder = new SoftPruningListener.Builder().end(0);
        for (String layer : layers) {
            builder.layer(layer, 0.5);
        }
        return builder.build();
    }

    private static ConvolutionLayer reader(ConvolutionMode mode, boolean bias) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(4)
                .activation(Activation.IDENTITY)
                .convolutionMode(mode)
                .hasBias(bias)
                .build();
    }

    /** Biases, shifts and statistics of a network just initialised are zeros and ones. */
    private static <N extends Model> N filled(N network) {
        network.params()
                .assign(Nd4j.rand(
                                Nd4j.getRandomFactory().getNewRandomInstance(5),
                                network.params().shape())
                        .castTo(DataType.DOUBLE)
                        .subi(0.4));
        return network;
    }

    private static ComputationGraph graph(ConvolutionMode mode, boolean bias) {
        ComputationGraph network = new ComputationGraph(SmallNetworks.builder(new Adam(0.01))
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(5, 5, 2))
                .addLayer("conv", SmallNetworks.convolution(4, CNN2DFormat.NCHW), "in")
                .addLayer("bn", new BatchNormalization(), "conv")
                .addLayer(
                        "act",
                        new ActivationLayer.Builder()
                                .activation(Activation.SOFTPLUS)
                                .build(),
                        "bn")
                .addLayer("reader", reader(mode, bias), "act")
                .addLayer(
                        "relu",
                        new ActivationLayer.Builder()
                                .activation(Activation.RELU)
                                .build(),
                        "reader")
                .addLayer("output", SmallNetworks.output(), "relu")
                .setOutputs("output")
                .build());
        network.init();
        return filled(network);
    }

    /** A copy in which the weights and biases that produce pruned channels are 0, and nothing else is. */
    private static <N extends Model> N softlyMasked(N network, ChannelMask mask) {
        NetworkView<N> copy = NetworkView.of(network).copyWithoutListeners();
        copy.flatParameters().muli(MaskMultiplier.ofProducers(mask, copy));
        return copy.model();
    }

    private static double distance(INDArray one, INDArray other) {
        return one.sub(other).amaxNumber().doubleValue();
    }

    private static ChannelMask mask(PruningListener listener) {
        return listener.channelMask().orElseThrow();
    }

    @Test
    void layers_without_padding_compute_the_same_before_and_after_the_last_step_and_surgery() {
        MultiLayerNetwork network = filled(SmallNetworks.layered(
                SmallNetworks.builder(new Sgd(0.1)),
                SmallNetworks.convolution(4, CNN2DFormat.NCHW),
                new BatchNormalization(),
                new ActivationLayer.Builder().activation(Activation.SIGMOID).build(),
                reader(ConvolutionMode.Truncate, false),
                new BatchNormalization(),
                SmallNetworks.output()));
        MultiLayerNetwork before =
                NetworkView.of(network).copyWithoutListeners().model();
        SoftPruningListener listener = last("layer0", "layer3");

        listener.attach(network);

        MultiLayerNetwork small = Surgery.shrink(NetworkView.of(network), mask(listener));
        INDArray expected = softlyMasked(before, mask(listener)).output(input);
        assertThat(distance(network.output(input), expected)).isLessThan(EQUAL);
        assertThat(distance(small.output(input), expected)).isLessThan(EQUAL);
        assertThat(listener.constants().orElseThrow().folds())
                .containsExactly(
                        new Fold("layer3", Target.RUNNING_MEAN, 2, true), new Fold("layer5", Target.BIAS, 2, true));
        assertThat(listener.constants().orElseThrow().leftovers()).isEmpty();
        assertThat(listener.constants().orElseThrow().exact()).isTrue();
        assertThat(ZeroWatch.largestPruned(network, listener.weightMask().orElseThrow()))
                .isZero();
    }

    @Test
    void a_padded_reader_of_a_graph_keeps_its_inner_pixels_and_surgery_keeps_all() {
        ComputationGraph network = graph(ConvolutionMode.Same, true);
        ComputationGraph before = NetworkView.of(network).copyWithoutListeners().model();
        SoftPruningListener listener = last("conv");

        listener.attach(network);

        ComputationGraph small = Surgery.shrink(NetworkView.of(network), mask(listener));
        INDArray expected = read(softlyMasked(before, mask(listener)));
        INDArray actual = read(network);
        assertThat(distance(inner(actual), inner(expected))).isLessThan(EQUAL);
        assertThat(distance(actual, expected)).isGreaterThan(1e-3);
        assertThat(distance(read(small), actual)).isLessThan(EQUAL);
        assertThat(distance(small.output(input)[0], network.output(input)[0])).isLessThan(EQUAL);
        assertThat(listener.constants().orElseThrow().folds())
                .containsExactly(new Fold("reader", Target.BIAS, 2, false));
    }

    private INDArray read(ComputationGraph network) {
        return Objects.requireNonNull(network.feedForward(input, false).get("reader"));
    }

    private static INDArray inner(INDArray images) {
        return images.get(
                NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(1, 4), NDArrayIndex.interval(1, 4));
    }

    @Test
    void a_reader_that_has_no_place_for_a_constant_is_reported_and_hears_zero() {
        ComputationGraph network = graph(ConvolutionMode.Truncate, false);
        SoftPruningListener listener = last("conv");

        listener.attach(network);

        ComputationGraph small = Surgery.shrink(NetworkView.of(network), mask(listener));
        assertThat(distance(read(small), read(network))).isLessThan(EQUAL);
        assertThat(listener.constants().orElseThrow().folds()).isEmpty();
        assertThat(listener.constants().orElseThrow().leftovers())
                .containsExactly(
                        new Leftover("reader", 2, "it has no bias, nor a batch normalisation right behind it"));
    }

    @Test
    void nothing_is_folded_before_the_last_step_and_a_resumed_listener_knows_what_was_folded_at_it() {
        ComputationGraph network = graph(ConvolutionMode.Truncate, true);
        SoftPruningListener listener =
                new SoftPruningListener.Builder().layer("conv", 0.5).end(1).build();
        listener.attach(network);
        assertThat(listener.constants()).isEmpty();

        network.fit(SmallNetworks.iterator(SmallNetworks.data(2, 6)), 1);

        assertThat(listener.constants().orElseThrow().folds())
                .containsExactly(new Fold("reader", Target.BIAS, 2, true));
        SoftPruningListener resumed =
                new SoftPruningListener.Builder().layer("conv", 0.5).end(1).build();
        resumed.resume(
                NetworkView.of(network).copyWithoutListeners().model(),
                PruningState.fromJson(listener.state().toJson()));
        assertThat(resumed.constants()).isEqualTo(listener.constants());
    }
}
