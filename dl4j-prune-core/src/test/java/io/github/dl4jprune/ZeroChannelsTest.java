package io.github.dl4jprune;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.MaskMultiplier;
import io.github.dl4jprune.network.ExampleInputs;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.testing.Networks;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

class ZeroChannelsTest {
    private final MultiLayerNetwork chain = Networks.chain(new Sgd(0.1));
    private final ComputationGraph residual = Networks.residual(new Sgd(0.1));

    private static <N extends Model> PruningResult<N> removed(N network) {
        NetworkView<N> view = NetworkView.of(network);
        InputTypes types = InputTypes.infer(view.structure());
        return ZeroChannels.remove(network, types, ExampleInputs.random(view, types, 3, 5));
    }

    private static void mask(Model network, Map<String, int[]> channels) {
        NetworkView<Model> view = NetworkView.of(network);
        ChannelMask mask = ChannelMask.ofChannels(ChannelGraph.of(view), channels);
        view.flatParameters()
                .muli(MaskMultiplier.of(mask, view)
                        .reshape(view.flatParameters().shape()));
    }

    @Test
    void masked_channels_of_a_chain_are_cut_out() {
        mask(chain, Map.of("first", new int[] {1, 2}, "hidden", new int[] {0, 5}));

        PruningResult<MultiLayerNetwork> result = removed(chain);

        assertThat(result.mask().keptUnits()).containsEntry("first", new int[] {0, 3});
        assertThat(result.mask().keptUnits()).containsEntry("hidden", new int[] {1, 2, 3, 4});
        assertThat(result.verification().orElseThrow().maxAbsoluteDifference()).isLessThan(1e-15);
    }

    @Test
    void masked_channels_of_a_graph_are_cut_out_with_all_that_shares_them() {
        mask(residual, Map.of("stem", new int[] {4}));

        PruningResult<ComputationGraph> result = removed(residual);

        assertThat(result.network().getLayer("stem").getParam("W").size(0)).isEqualTo(5);
        assertThat(result.network().getLayer("outer").getParam("W").size(0)).isEqualTo(5);
        assertThat(result.groups()).extracting(PrunedGroup::kept).contains(5);
    }

    @Test
    void a_channel_that_nobody_reads_is_cut_whatever_it_computes() {
        INDArray read = chain.getLayer(4).getParam("W");
        read.getRow(2).assign(0);

        PruningResult<MultiLayerNetwork> result = removed(chain);

        assertThat(result.mask().keptUnits()).containsEntry("hidden", new int[] {0, 1, 3, 4, 5});
    }

    @Test
    void a_channel_that_nothing_is_put_into_is_cut_though_it_is_read() {
        chain.getLayer(3).getParam("W").getColumn(1).assign(0);

        PruningResult<MultiLayerNetwork> result = removed(chain);

        assertThat(result.mask().keptUnits()).containsEntry("hidden", new int[] {0, 2, 3, 4, 5});
        assertThat(result.verification().orElseThrow().maxAbsoluteDifference()).isLessThan(1e-15);
    }

    @Test
    void a_channel_whose_activation_makes_something_of_zero_stays() {
        ((BaseLayer) chain.getLayer(3).conf().getLayer()).setActivationFn(new ActivationSigmoid());
        chain.getLayer(3).getParam("W").getColumn(1).assign(0);
        chain.getLayer(4).getParam("W").getRow(4).assign(0);

        PruningResult<MultiLayerNetwork> result = removed(chain);

        assertThat(result.mask().keptUnits()).containsEntry("hidden", new int[] {0, 1, 2, 3, 5});
    }

    @Test
    void a_batch_norm_shift_keeps_a_channel() {
        chain.getLayer(0).getParam("W").slice(1).assign(0);
        chain.getLayer(1).getParam("gamma").putScalar(1, 0.0);
        chain.getLayer(1).getParam("beta").putScalar(1, 0.5);

        assertThat(removed(chain).mask().isEmpty()).isTrue();
    }

    @Test
    void a_network_without_zeros_stays_as_it_is() {
        PruningResult<MultiLayerNetwork> result = removed(chain);

        assertThat(result.network().params()).isEqualTo(chain.params());
        assertThat(result.note()).isEqualTo("no channel of the network is zero");
    }

    @Test
    void a_layer_is_never_emptied() {
        chain.getLayer(3).getParam("W").assign(0);

        PruningResult<MultiLayerNetwork> result = removed(chain);

        assertThat(result.network().getLayer(3).getParam("W").size(1)).isEqualTo(1);
        assertThat(result.verification().orElseThrow().passed()).isTrue();
    }
}
