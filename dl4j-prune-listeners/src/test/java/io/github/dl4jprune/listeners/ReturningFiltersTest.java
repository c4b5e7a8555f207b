package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.mask.ChannelMask;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ScheduleType;

class ReturningFiltersTest {
    private static final double RATE = 1e-3;
    private final List<DataSet> data = SmallNetworks.data(4, 8);

    @Test
    void a_zeroed_filter_of_a_graph_moves_no_faster_than_its_fastest_neighbour() {
        requireLimited(moved(SmallNetworks.graph(new Sgd(RATE)), "conv1", "conv1_W", true));
    }

    @Test
    void a_zeroed_filter_of_a_layered_network_moves_no_faster_than_its_fastest_neighbour() {
        requireLimited(moved(SmallNetworks.layered(new Sgd(RATE)), "layer0", "0_W", true));
    }

    @Test
    void as_published_batch_normalisation_makes_it_a_hundred_times_as_fast() {
        Moved moved = moved(SmallNetworks.graph(new Sgd(RATE)), "conv1", "conv1_W", false);

        assertThat(moved.of(true).max().orElseThrow())
                .isGreaterThan(100 * moved.of(false).max().orElseThrow());
    }

    /** How far each filter moved, by norm. */
    private record Moved(double[] norms, boolean[] zeroed) {
        DoubleStream of(boolean which) {
            return IntStream.range(0, norms.length)
                    .filter(i -> zeroed[i] == which)
                    .mapToDouble(i -> norms[i]);
        }
    }

    private <N extends Model & NeuralNetwork> Moved moved(N network, String layer, String weights, boolean limit) {
        SoftPruningListener listener = soft(layer, limit);
        listener.attach(network);
        INDArray before = network.getParam(weights).dup();
        network.fit(data.get(0));
        double[] norms = network.getParam(weights).sub(before).norm2(1, 2, 3).toDoubleVector();
        return new Moved(norms, zeroed(listener, layer));
    }

    private static void requireLimited(Moved moved) {
        double fastest = moved.of(false).max().orElseThrow();
        assertThat(moved.of(true).toArray()).usingComparatorWithPrecision(1e-12).containsExactly(fastest, fastest);
    }

    @Test
    void filters_that_are_not_zeroed_move_as_they_would_without_the_limit() {
        ComputationGraph limited = SmallNetworks.graph(new Sgd(RATE));
        ComputationGraph published = SmallNetworks.graph(new Sgd(RATE));
        SoftPruningListener listener = soft("conv1", true);
        listener.attach(limited);
        soft("conv1", false).attach(published);

        limited.fit(data.get(0));
        published.fit(data.get(0));

        boolean[] zeroed = zeroed(listener, "conv1");
        for (int filter = 0; filter < zeroed.length; filter++) {
            INDArray one = limited.getParam("conv1_W").slice(filter);
            INDArray other = published.getParam("conv1_W").slice(filter);
            assertThat(one.equals(other)).isEqualTo(!zeroed[filter]);
        }
        assertThat(limited.getParam("output_W")).isEqualTo(published.getParam("output_W"));
    }

    @Test
    void a_trained_filter_is_not_pruned_in_place_of_one_that_has_learnt_nothing() {
        assertThat(returned(true)).isZero();
        assertThat(returned(false)).isPositive();
    }

    private long returned(boolean limit) {
        ComputationGraph network = SmallNetworks.graph(new Nesterovs(0.01, 0.9));
        SoftPruningListener listener = new SoftPruningListener.Builder()
                .layer("conv1", 0.5)
                .unit(ScheduleType.ITERATION)
                .every(4)
                .end(100)
                .limitReturn(limit)
                .build();
        listener.attach(network);
        data.forEach(network::fit);
        return listener.returned();
    }

    @Test
    void what_training_keeps_pulling_at_comes_back_all_the_same() {
        ComputationGraph network = SmallNetworks.graph(new Nesterovs(0.1, 0.9));
        SoftPruningListener listener = new SoftPruningListener.Builder()
                .sparsity(0.4)
                .unit(ScheduleType.ITERATION)
                .every(8)
                .end(1000)
                .build();
        listener.attach(network);

        for (int i = 0; i < 200; i++) {
            network.fit(data.get(i % 4));
        }

        assertThat(listener.returned()).isPositive();
    }

    @Test
    void a_checkpoint_of_one_kind_does_not_go_on_as_the_other() {
        ComputationGraph network = SmallNetworks.graph(new Sgd(RATE));
        SoftPruningListener limited = soft("conv1", true);
        limited.attach(network);
        PruningState state = limited.state();
        network.setListeners(List.of());

        assertThatThrownBy(() -> soft("conv1", false).resume(network, state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("listener must be built as the one that was saved: class SoftPruningListener,"
                        + " got SoftPruningListener without limitReturn");
    }

    private static SoftPruningListener soft(String layer, boolean limit) {
        return new SoftPruningListener.Builder()
                .layer(layer, 0.5)
                .unit(ScheduleType.ITERATION)
                .every(50)
                .end(100)
                .limitReturn(limit)
                .build();
    }

    private static boolean[] zeroed(SoftPruningListener listener, String layer) {
        ChannelMask mask = listener.channelMask().orElseThrow();
        int[] ids = mask.graph().unitIds(layer).orElseThrow();
        boolean[] zeroed = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            zeroed[i] = mask.prunes(ids[i]);
        }
        return zeroed;
    }
}
