package io.github.dl4jprune.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.SoftPruningListener;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CollectScoresListener;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private final Recording recording = new Recording();
    private final LiveListener listener = new LiveListener(recording);
    private final MultiLayerNetwork network = SmallRun.network();

    @Test
    void every_iteration_has_its_loss() {
        CollectScoresListener scores = new CollectScoresListener(1);
        network.addListeners(scores, listener);

        network.fit(SmallRun.data(), 2);

        Snapshot seen = recording.snapshot();
        assertThat(seen.iteration()).isEqualTo(2 * SmallRun.BATCHES);
        assertThat(seen.epoch()).isEqualTo(2);
        assertThat(seen.losses()).hasNumberOfRows(8);
        assertThat(column(seen.losses(), 0)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(column(seen.losses(), 1))
                .containsExactly(scores.getListScore().toDoubleArray());
        assertThat(seen.loss()).isEqualTo(network.score());
        assertThat(seen.pruning()).isNull();
    }

    @Test
    void soft_pruning_is_followed_layer_by_layer() {
        SoftPruningListener soft = SmallRun.soft();
        soft.attach(network);
        recording.watch(soft);
        network.addListeners(listener);

        network.fit(SmallRun.data(), 8);

        Snapshot seen = recording.snapshot();
        // 2 of 8 and 3 of 6 filters
        assertThat(seen.pruning())
                .isEqualTo(new Snapshot.Pruning("channels", 5.0 / 14, 5.0 / 14, true, soft.returned()));
        assertThat(seen.layers()).extracting(LayerState::name).containsExactly("first", "second");
        assertThat(seen.layers()).extracting(LayerState::size).containsExactly(8, 6);
        assertThat(seen.layers()).extracting(LayerState::asked).containsExactly(0.25, 0.5);
        assertThat(seen.layers()).extracting(LayerState::reached).containsExactly(0.25, 0.5);
        assertThat(soft.returned()).isPositive();
        assertThat(seen.layers().stream().mapToLong(LayerState::returned).sum()).isEqualTo(soft.returned());
    }

    @Test
    void steps_at_the_end_of_an_epoch_are_seen_even_after_the_last() {
        SoftPruningListener soft = SmallRun.soft();
        soft.attach(network);
        recording.watch(soft);
        network.addListeners(listener);

        network.fit(SmallRun.data(), 6);

        // when it was attached and after each of six epochs of four iterations
        assertThat(column(recording.snapshot().sparsities(), 0)).containsExactly(0, 4, 8, 12, 16, 20, 24);
        assertThat(last(recording.snapshot().sparsities())[3]).isEqualTo((double) soft.returned());
    }

    @Test
    void a_schedule_is_followed_step_by_step() {
        DynamicPruningListener dynamic = SmallRun.dynamic();
        dynamic.attach(network);
        recording.watch(dynamic);
        network.addListeners(listener);

        network.fit(SmallRun.data(), 2);

        Snapshot seen = recording.snapshot();
        assertThat(column(seen.sparsities(), 0)).containsExactly(0, 1, 2, 3, 4);
        assertThat(column(seen.sparsities(), 1)).isSorted().startsWith(0);
        // 144 weights of the first layer, 432 of the second, 450 of the output: 0.4 and twice 0.8 of them
        double asked = (144 * 0.4 + 432 * 0.8 + 450 * 0.8) / 1026;
        assertThat(last(seen.sparsities())).containsExactly(4, asked, dynamic.sparsity(), 0);
        assertThat(seen.layers()).extracting(LayerState::size).containsExactly(144, 432, 450);
        assertThat(seen.pruning()).isEqualTo(new Snapshot.Pruning("weights", asked, dynamic.sparsity(), false, 0));
    }

    @Test
    void what_is_decided_before_training_is_shown_before_training() {
        SoftPruningListener soft = SmallRun.soft();
        soft.attach(network);

        recording.watch(soft);

        assertThat(recording.snapshot().layers()).hasSize(2);
        assertThat(recording.snapshot().iteration()).isZero();
    }

    @Test
    void a_listener_that_starts_by_itself_is_shown_from_then_on() {
        SoftPruningListener soft = SmallRun.soft();
        recording.watch(soft);
        assertThat(recording.snapshot().pruning()).isNull();
        network.addListeners(soft, listener);

        network.fit(SmallRun.data());

        assertThat(recording.snapshot().pruning()).isNotNull();
    }

    @Test
    void of_networks_that_train_at_once_one_is_followed() {
        MultiLayerNetwork other = SmallRun.network();

        recording.iterationDone(network);
        recording.iterationDone(other);
        recording.iterationDone(network);

        assertThat(recording.snapshot().iteration()).isEqualTo(2);
    }

    @Test
    void the_network_that_begins_an_epoch_takes_over() {
        MultiLayerNetwork smaller = SmallRun.network();
        recording.iterationDone(network);

        recording.epochBegun(smaller);
        recording.iterationDone(smaller);

        assertThat(recording.snapshot().iteration()).isEqualTo(2);
    }

    @Test
    void accuracies_lie_where_training_stood() {
        recording.iterationDone(network);
        recording.accuracy(0.25);
        recording.iterationDone(network);
        recording.iterationDone(network);
        recording.accuracy(0.5);

        assertThat(recording.snapshot().accuracies()).isDeepEqualTo(new double[][] {{1, 0.25}, {3, 0.5}});
    }

    @Test
    void memory_does_not_grow_with_iterations() {
        for (int i = 0; i < 50_000; i++) {
            recording.iterationDone(network);
            recording.accuracy(0.5);
        }

        assertThat(recording.snapshot().losses().length).isBetween(1000, 2000);
        assertThat(recording.snapshot().accuracies().length).isBetween(1000, 2000);
    }

    @Test
    void every_change_has_a_version_of_its_own() {
        List<Long> versions = new ArrayList<>();
        versions.add(recording.snapshot().version());
        recording.epochBegun(network);
        versions.add(recording.snapshot().version());
        recording.iterationDone(network);
        versions.add(recording.snapshot().version());
        recording.accuracy(1);
        versions.add(recording.snapshot().version());
        recording.epochDone();

        assertThat(versions).doesNotHaveDuplicates();
        assertThat(recording.snapshot().version()).isEqualTo(versions.get(3));
    }

    private static double[] last(double[][] rows) {
        return rows[rows.length - 1];
    }

    private static double[] column(double[][] rows, int i) {
        double[] column = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            column[row] = rows[row][i];
        }
        return column;
    }
}
