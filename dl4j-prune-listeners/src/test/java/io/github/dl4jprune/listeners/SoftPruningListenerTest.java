package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.criterion.GeometricMedian;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.schedule.AsymptoticSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.surgery.Surgery;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ScheduleType;

class SoftPruningListenerTest {
    private final List<DataSet> data = SmallNetworks.data(4, 8);

    @Test
    void as_published_a_zeroed_filter_grows_and_comes_back() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.1));
        SoftPruningListener listener = new SoftPruningListener.Builder()
                .layer("dense", 0.4)
                .limitReturn(false)
                .every(8)
                .unit(ScheduleType.ITERATION)
                .end(100)
                .build();
        listener.attach(network);
        int pruned = listener.channelMask().orElseThrow().classes().get(0);
        int column = columnOf(listener, pruned);
        INDArray weights = network.getParam("dense_W");
        assertThat(norm(weights, column)).isZero();

        network.fit(data.get(0));

        assertThat(norm(weights, column)).isPositive();
        for (int i = 0; i < 40; i++) {
            network.fit(data.get(i % 4));
        }
        assertThat(listener.returned()).isPositive();
        assertThat(listener.sparsity()).isEqualTo(0.4);
    }

    private static int columnOf(PruningListener listener, int classNumber) {
        var graph = listener.channelMask().orElseThrow().graph();
        int[] ids = graph.unitIds("dense").orElseThrow();
        for (int i = 0; i < ids.length; i++) {
            if (graph.classOf(ids[i]) == classNumber) {
                return i;
            }
        }
        throw new AssertionError(classNumber);
    }

    private static double norm(INDArray weights, int column) {
        return weights.get(NDArrayIndex.all(), NDArrayIndex.point(column))
                .norm2Number()
                .doubleValue();
    }

    @Test
    void batch_normalisation_and_readers_of_a_zeroed_filter_stay_until_the_last_step() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.05));
        INDArray before = network.params().dup();
        SoftPruningListener listener = new SoftPruningListener.Builder()
                .sparsity(0.5)
                .criterion(new GeometricMedian())
                .end(2)
                .build();

        listener.attach(network);

        assertThat(network.getParam("bn1_gamma").eq(0).any()).isFalse();
        assertThat(network.getParam("output_W").eq(0).any()).isFalse();
        assertThat(network.getParam("conv1_W")
                        .eq(0)
                        .castTo(before.dataType())
                        .sumNumber()
                        .intValue())
                .isEqualTo(2 * 18);
        network.fit(SmallNetworks.iterator(data), 2);
        assertThat(network.getParam("bn1_gamma")
                        .eq(0)
                        .castTo(before.dataType())
                        .sumNumber()
                        .intValue())
                .isEqualTo(2);
    }

    @Test
    void after_the_last_step_the_network_is_the_shrunk_one() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.05));
        SoftPruningListener listener = new SoftPruningListener.Builder()
                .schedule(new AsymptoticSparsity(0.5, new Steps(ScheduleType.EPOCH, 0, 3, 1)))
                .build();
        listener.attach(network);

        assertThat(listener.sparsity()).isZero();
        network.fit(SmallNetworks.iterator(data), 4);

        MultiLayerNetwork small =
                Surgery.shrink(NetworkView.of(network), listener.channelMask().orElseThrow());
        INDArray input = data.get(0).getFeatures();
        assertThat(listener.sparsity()).isEqualTo((2 + 1 + 2) / 12.0);
        assertThat(small.output(input).sub(network.output(input)).amaxNumber().doubleValue())
                .isLessThan(1e-12);
        assertThat(ZeroWatch.largestPruned(network, listener.weightMask().orElseThrow()))
                .isZero();
    }
}
