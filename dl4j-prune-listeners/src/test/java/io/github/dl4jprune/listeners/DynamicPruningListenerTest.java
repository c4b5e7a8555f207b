package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.schedule.LinearSparsity;
import io.github.dl4jprune.schedule.LogarithmicSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.ScheduleType;

class DynamicPruningListenerTest {
    private final List<DataSet> data = SmallNetworks.data(2, 8);

    @Test
    void thirty_percent_in_six_steps_is_thirty_percent() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        DynamicPruningListener listener = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(0.3)
                .schedule(new LinearSparsity(0.3, new Steps(ScheduleType.ITERATION, 0, 6, 1)))
                .build();
        listener.attach(network);
        ZeroWatch watch = new ZeroWatch(listener, network);
        network.addListeners(watch);

        for (int i = 0; i < 8; i++) {
            network.fit(data.get(i % 2));
        }

        // tensors of 72, 144, 500 and 15 weights, 731 in all; the mask of the next iteration is in place after each
        assertThat(watch.sparsities)
                .containsExactly(
                        (3 + 7 + 25 + 0) / 731.0,
                        (7 + 14 + 50 + 1) / 731.0,
                        (10 + 21 + 75 + 2) / 731.0,
                        (14 + 28 + 100 + 3) / 731.0,
                        (18 + 36 + 125 + 3) / 731.0,
                        (21 + 43 + 150 + 4) / 731.0,
                        (21 + 43 + 150 + 4) / 731.0,
                        (21 + 43 + 150 + 4) / 731.0);
        assertThat(watch.largestPruned).containsOnly(0.0);
    }

    @Test
    void what_is_pruned_once_stays_pruned() {
        for (Granularity granularity : Granularity.values()) {
            MultiLayerNetwork network = SmallNetworks.layered(new Nesterovs(0.1, 0.9));
            DynamicPruningListener listener = new DynamicPruningListener.Builder()
                    .granularity(granularity)
                    .sparsity(0.7)
                    .unit(ScheduleType.ITERATION)
                    .end(10)
                    .build();
            listener.attach(network);
            List<BitSet> masks = new ArrayList<>();

            for (int i = 0; i < 10; i++) {
                masks.add(listener.weightMask().orElseThrow().positions());
                network.fit(data.get(i % 2));
            }

            BitSet last = listener.weightMask().orElseThrow().positions();
            for (BitSet mask : masks) {
                BitSet revived = (BitSet) mask.clone();
                revived.andNot(last);
                assertThat(revived.cardinality()).isZero();
            }
            assertThat(masks.get(0).cardinality()).isLessThan(last.cardinality());
        }
    }

    @Test
    void every_layer_climbs_to_its_own_bound_along_the_curve_of_paddle() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        DynamicPruningListener listener = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .schedule(LogarithmicSparsity.published())
                .layer("conv1", 0.5)
                .layer("dense", 0.8)
                .build();
        listener.attach(network);

        // 0.8 ln 2 / ln 22 = 0.1794 of 0.8
        assertThat(asked(listener, "dense_W")).isCloseTo(0.1794, within(5e-5));
        assertThat(asked(listener, "conv1_W")).isCloseTo(0.1794 * 5 / 8, within(5e-5));
        assertThat(listener.sparsities()).containsOnlyKeys("conv1_W", "dense_W");
    }

    @Test
    void steps_by_epochs_wait_for_the_epoch_and_the_last_is_made_when_the_epochs_are_done() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        DynamicPruningListener listener = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(0.4)
                .schedule(new LinearSparsity(0.4, new Steps(ScheduleType.EPOCH, 0, 3, 1)))
                .build();
        listener.attach(network);
        List<Double> asked = new ArrayList<>();
        network.addListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                asked.add(asked(listener, "dense_W"));
            }
        });

        network.fit(SmallNetworks.iterator(data), 3);

        assertThat(asked.get(0)).isZero();
        assertThat(asked.get(1)).isZero();
        assertThat(asked.get(2)).isCloseTo(0.4 / 3, within(1e-12));
        assertThat(asked.get(4)).isCloseTo(0.8 / 3, within(1e-12));
        assertThat(asked).hasSize(6);
        assertThat(listener.sparsities().get("dense_W")).isEqualTo(new LayerSparsity(0.4, 0.4));
        assertThat(listener.sparsityAtLastIteration()).isLessThan(listener.sparsity());
    }

    @Test
    void a_schedule_by_epochs_without_epochs_fails_at_the_first_iteration() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        new DynamicPruningListener.Builder().sparsity(0.4).end(3).build().attach(network);

        assertThatThrownBy(() -> network.fit(data.get(0)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("schedule by epochs must hear of epochs, got an iteration outside of any: train with"
                        + " fit(iterator), or use unit ITERATION under fit(DataSet) and ParallelWrapper");
    }

    @Test
    void an_end_that_nobody_names_is_refused() {
        assertThatThrownBy(
                        () -> new DynamicPruningListener.Builder().sparsity(0.4).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("end must be set, for the schedule does not say when pruning ends");
    }

    private static double asked(PruningListener listener, String name) {
        return Objects.requireNonNull(listener.sparsities().get(name)).asked();
    }
}
