package io.github.dl4jprune.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.testing.MaskedTraining;
import io.github.dl4jprune.testing.Networks;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class SurgeryTest {
    private final INDArray images = Nd4j.rand(DataType.DOUBLE, 4, 3, 8, 8);
    private final DataSet batch = new DataSet(images, Networks.oneHot(4, 5));

    @Test
    void a_residual_graph_shrinks_to_the_same_function_and_trains_on_the_same_way() {
        ComputationGraph network = Networks.residual(new Adam(1e-3));
        network.fit(batch);
        NetworkView<ComputationGraph> view = NetworkView.of(network);
        ChannelGraph graph = ChannelGraph.of(view);
        ChannelMask mask = ChannelMask.ofChannels(graph, Map.of("stem", new int[] {1, 4}, "inner", new int[] {0}));

        ComputationGraph small = Surgery.shrink(view, mask);

        assertThat(small.getLayer("stem").getParam("W").shape()).containsExactly(4, 3, 3, 3);
        assertThat(small.getLayer("outer").getParam("W").shape()).containsExactly(4, 7, 3, 3);
        assertThat(small.getLayer("out").getParam("W").size(0)).isEqualTo(4 * 16 + 5 * 16);
        assertThat(small.getIterationCount()).isEqualTo(1);
        MaskedTraining.assertSameTrajectory(view, small, mask, batch, 10, 1e-8);
    }

    @Test
    void a_chain_shrinks_to_the_same_function_and_trains_on_the_same_way() {
        MultiLayerNetwork network = Networks.chain(new Adam(1e-3));
        network.fit(batch);
        NetworkView<MultiLayerNetwork> view = NetworkView.of(network);
        ChannelGraph graph = ChannelGraph.of(view);
        ChannelMask mask = ChannelMask.ofChannels(graph, Map.of("first", new int[] {0, 2}, "hidden", new int[] {3}));

        MultiLayerNetwork small = Surgery.shrink(view, mask);

        MaskedTraining.assertSameTrajectory(view, small, mask, batch, 10, 1e-8);
    }

    @Test
    void pruning_nothing_is_the_identity() {
        ComputationGraph network = Networks.residual(new Adam(1e-3));
        network.fit(batch);

        ComputationGraph copy = Surgery.copy(NetworkView.of(network));

        assertThat(copy.params()).isEqualTo(network.params());
        assertThat(copy.getUpdater().getStateViewArray())
                .isEqualTo(network.getUpdater().getStateViewArray());
        assertThat(copy.getConfiguration().toJson())
                .isEqualTo(network.getConfiguration().toJson());
    }
}
