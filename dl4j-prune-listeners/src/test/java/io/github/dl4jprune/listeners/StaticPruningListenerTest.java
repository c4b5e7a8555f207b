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
import java.util.Map;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

class StaticPruningListenerTest {
    private static final int ITERATIONS = 10;
    private final List<DataSet> data = SmallNetworks.data(ITERATIONS, 8);

    static List<IUpdater> updaters() {
        return Updaters.all().toList();
    }

    private static StaticPruningListener half(Granularity granularity) {
        return new StaticPruningListener.Builder()
                .granularity(granularity)
                .sparsity(0.5)
                .build();
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void pruned_weights_are_zero_after_every_iteration_of_a_layered_network(IUpdater updater) {
        for (Granularity granularity : Granularity.values()) {
            var builder = SmallNetworks.clipped(updater).weightDecay(1e-2).weightDecayBias(1e-2);
            MultiLayerNetwork network = SmallNetworks.layered(builder, SmallNetworks.layers(CNN2DFormat.NCHW, true));
            network.fit(data.get(0));

            staysZero(network, half(granularity), MultiLayerNetwork::fit);
        }
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void pruned_weights_are_zero_after_every_iteration_of_a_graph(IUpdater updater) {
        for (Granularity granularity : Granularity.values()) {
            ComputationGraph network = SmallNetworks.graph(
                    SmallNetworks.clipped(updater).l1(1e-3).l2(1e-2).l2Bias(1e-2), CNN2DFormat.NCHW);
            network.fit(data.get(0));

            staysZero(network, half(granularity), ComputationGraph::fit);
        }
    }

    private <N extends Model> void staysZero(N network, StaticPruningListener listener, BiConsumer<N, DataSet> fit) {
        ZeroWatch watch = new ZeroWatch(listener, network);
        network.addListeners(watch);
        listener.attach(network);
        INDArray before = network.params().dup();

        data.forEach(batch -> fit.accept(network, batch));

        assertThat(watch.largestPruned).hasSize(ITERATIONS).containsOnly(0.0);
        assertThat(listener.weightMask().orElseThrow().count()).isPositive();
        assertThat(network.params().sub(before).amaxNumber().doubleValue())
                .isFinite()
                .isGreaterThan(1e-6);
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void masked_steps_equal_steps_of_the_shrunk_layered_network(IUpdater updater) {
        MultiLayerNetwork network = SmallNetworks.layered(
                SmallNetworks.clipped(updater).l2(1e-2), SmallNetworks.layers(CNN2DFormat.NCHW, true));

        sameTrajectory(network, MultiLayerNetwork::fit);
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void masked_steps_equal_steps_of_the_shrunk_graph(IUpdater updater) {
        ComputationGraph network =
                SmallNetworks.graph(SmallNetworks.clipped(updater).weightDecay(1e-2), CNN2DFormat.NCHW);

        sameTrajectory(network, ComputationGraph::fit);
    }

    private <N extends Model> void sameTrajectory(N network, BiConsumer<N, DataSet> fit) {
        fit.accept(network, data.get(0));
        StaticPruningListener listener = half(Granularity.FILTER);
        listener.attach(network);
        N small = Surgery.shrink(NetworkView.of(network), listener.channelMask().orElseThrow());
        small.setListeners(new ArrayList<>());

        for (DataSet batch : data) {
            fit.accept(network, batch);
            fit.accept(small, batch);
        }

        INDArray expected = NetworkView.of(network).output(data.get(0).getFeatures())[0];
        INDArray actual = NetworkView.of(small).output(data.get(0).getFeatures())[0];
        assertThat(small.numParams()).isLessThan(network.numParams());
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isCloseTo(0, within(1e-8));
    }

    @Test
    void a_weight_mask_takes_the_smallest_weights_of_every_tensor_and_no_bias() {
        ComputationGraph network = SmallNetworks.graph(new Sgd(0.1));
        StaticPruningListener listener = new StaticPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(0.4)
                .layer("conv1", 0.75)
                .ignore("output")
                .build();

        listener.attach(network);

        // conv1_W 4x2x3x3 = 72, conv2_W 4x4x3x3 = 144, dense_W 100x5 = 500
        assertThat(listener.sparsities())
                .isEqualTo(Map.of(
                        "conv1_W", new LayerSparsity(0.75, 54 / 72.0),
                        "conv2_W", new LayerSparsity(0.4, 57 / 144.0),
                        "dense_W", new LayerSparsity(0.4, 200 / 500.0)));
        assertThat(listener.sparsity()).isEqualTo((54 + 57 + 200) / 716.0);
        assertThat(listener.weightMask().orElseThrow().count()).isEqualTo(54 + 57 + 200);
        assertThat(listener.channelMask()).isEmpty();
    }

    @Test
    void a_filter_mask_keeps_at_least_one_channel_of_every_group() {
        ComputationGraph network = SmallNetworks.graph(new Sgd(0.1));
        StaticPruningListener listener = new StaticPruningListener.Builder()
                .sparsity(0.99)
                .layer("dense", 0.5)
                .build();

        listener.attach(network);

        // conv1 and conv2 are summed: one group of 4; dense has 5
        assertThat(listener.sparsities())
                .isEqualTo(Map.of("conv1", new LayerSparsity(0.99, 3 / 4.0), "dense", new LayerSparsity(0.5, 2 / 5.0)));
        assertThat(listener.sparsity()).isEqualTo(5 / 9.0);
    }

    @ParameterizedTest
    @EnumSource(Granularity.class)
    void an_unknown_layer_is_refused_with_the_nearest_name(Granularity granularity) {
        ComputationGraph network = SmallNetworks.graph(new Sgd(0.1));
        StaticPruningListener listener = new StaticPruningListener.Builder()
                .granularity(granularity)
                .layer("conf1", 0.5)
                .build();

        assertThatThrownBy(() -> listener.attach(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("layer \"conf1\" must be one with")
                .hasMessageContaining("did you mean \"conv1\"?");
    }

    @Test
    void a_sparsity_outside_its_range_or_missing_is_refused() {
        assertThatThrownBy(
                        () -> new StaticPruningListener.Builder().sparsity(1.2).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparsity must be in [0, 1), got 1.2");
        assertThatThrownBy(() -> new StaticPruningListener.Builder()
                        .layer("a", Double.NaN)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"a\": sparsity must be in [0, 1), got NaN");
        assertThatThrownBy(() -> new StaticPruningListener.Builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sparsity must be set, for all layers or for some by name");
    }

    @Test
    void two_listeners_that_claim_one_parameter_are_refused() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        StaticPruningListener first = half(Granularity.FILTER);
        StaticPruningListener second = half(Granularity.WEIGHT);
        first.attach(network);

        assertThatThrownBy(() -> second.attach(network))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("parameter \"conv1_W\" must be pruned by one listener, got two: %s and %s", first, second);
    }
}
