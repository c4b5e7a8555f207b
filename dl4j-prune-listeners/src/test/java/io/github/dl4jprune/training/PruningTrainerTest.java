package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.criterion.Taylor;
import io.github.dl4jprune.listeners.StaticPruningListener;
import io.github.dl4jprune.training.PrunedTraining.End;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class PruningTrainerTest {
    private final DataSetIterator train = SmallNetworks.iterator(SmallNetworks.data(3, 8));
    private final DataSetIterator validation = SmallNetworks.iterator(SmallNetworks.data(2, 8));

    @Test
    void a_graph_shrinks_step_by_step_to_the_widths_of_one_cut() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        network.fit(train, 2);
        INDArray before = network.params().dup();
        List<Integer> epochs = new ArrayList<>();

        PrunedTraining<ComputationGraph> result = new PruningTrainer.Builder()
                .sparsity(0.6)
                .layer("dense", 0.4)
                .steps(3)
                .epochsPerStep(2)
                .progress(status -> epochs.add(status.epoch()))
                .build()
                .train(network, train, validation);

        // floor(4 * 0.6) = 2 of 4 summed channels, floor(5 * 0.4) = 2 of 5
        assertThat(result.network().getParam("conv1_W").shape()).containsExactly(2, 2, 3, 3);
        assertThat(result.network().getParam("dense_W").shape()).containsExactly(50, 3);
        assertThat(result.end()).isEqualTo(End.TARGET_REACHED);
        assertThat(result.steps().stream().map(PruningStep::sparsity)).containsExactly(0.0, 0.0, 2 / 9.0, 4 / 9.0);
        assertThat(result.last().cost().parameters())
                .isLessThan(result.steps().get(0).cost().parameters());
        assertThat(epochs).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(network.params()).isEqualTo(before);
    }

    @Test
    void updater_state_and_counters_go_on() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        network.fit(train, 2);

        MultiLayerNetwork small = new PruningTrainer.Builder()
                .sparsity(0.5)
                .steps(1)
                .epochsPerStep(0)
                .recalibrate(0)
                .build()
                .train(network, train, validation)
                .network();

        assertThat(small.getIterationCount()).isEqualTo(6);
        assertThat(small.getEpochCount()).isEqualTo(2);
        assertThat(small.getUpdater().getStateViewArray().norm1Number().doubleValue())
                .isPositive()
                .isLessThan(
                        network.getUpdater().getStateViewArray().norm1Number().doubleValue());
    }

    @Test
    void multiply_adds_are_met_and_a_criterion_sees_the_training_data() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));

        PrunedTraining<ComputationGraph> result = new PruningTrainer.Builder()
                .criterion(new Taylor())
                .macs(0.5)
                .steps(2)
                .build()
                .train(network, train, validation);

        assertThat(2 * result.last().cost().macs())
                .isLessThanOrEqualTo(result.steps().get(0).cost().macs());
        assertThat(result.steps()).hasSize(3);
        assertThat(result.steps().get(1).cost().macs())
                .isGreaterThan(result.last().cost().macs());
    }

    @Test
    void the_best_network_of_a_step_is_kept() {
        // a rate that ruins the network: whatever follows the cut is worse
        ComputationGraph network = SmallNetworks.graph(new Sgd(50));
        PruningTrainer trainer = new PruningTrainer.Builder()
                .sparsity(0.4)
                .steps(1)
                .epochsPerStep(6)
                .patience(2)
                .build();

        PrunedTraining<ComputationGraph> result = trainer.train(network, train, validation);

        assertThat(ModelEvaluation.of(result.network(), validation).accuracy())
                .isEqualTo(result.last().accuracy());
        assertThat(result.last().epochs()).isBetween(2, 6);
    }

    @Test
    void a_step_below_the_tolerance_is_undone_and_tried_with_less() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.02));
        network.fit(SmallNetworks.iterator(SmallNetworks.data(2, 8)), 40);

        PrunedTraining<ComputationGraph> result = new PruningTrainer.Builder()
                .sparsity(0.79)
                .steps(1)
                .epochsPerStep(0)
                .tolerance(0.0)
                .backOff(2)
                .build()
                .train(network, train, validation);

        PruningStep start = result.steps().get(0);
        assertThat(start.accuracy()).isEqualTo(1.0);
        assertThat(result.end()).isEqualTo(End.TOLERANCE_EXHAUSTED);
        assertThat(result.steps().stream().map(PruningStep::fraction)).startsWith(0.0, 1.0, 0.5);
        assertThat(ModelEvaluation.of(result.network(), validation).accuracy()).isCloseTo(1.0, within(0.0));
    }

    @Test
    void pruning_goes_on_while_the_validation_loss_stays_within_its_tolerance() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.02));
        network.fit(SmallNetworks.iterator(SmallNetworks.data(2, 8)), 40);
        PruningTrainer.Builder byLoss = new PruningTrainer.Builder()
                .sparsity(0.79)
                .steps(2)
                .epochsPerStep(0)
                .measure(ToleranceMeasure.LOSS)
                .backOff(1);

        PrunedTraining<ComputationGraph> any = byLoss.build().train(network, train, validation);
        PruningStep first = any.steps().get(1);
        double rise = 1.001 * (first.loss() - any.steps().get(0).loss());
        PrunedTraining<ComputationGraph> bound = byLoss.tolerance(rise).build().train(network, train, validation);

        // the first cut is just tolerated, and what follows costs more
        assertThat(rise).isPositive();
        assertThat(any.end()).isEqualTo(End.TARGET_REACHED);
        assertThat(bound.end()).isEqualTo(End.TOLERANCE_EXHAUSTED);
        assertThat(bound.last().loss() - bound.steps().get(0).loss()).isLessThanOrEqualTo(rise);
        assertThat(bound.steps().stream().filter(step -> !step.accepted()))
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.loss()).isGreaterThan(first.loss()));
    }

    @Test
    void the_best_of_a_step_is_by_loss_where_loss_is_the_measure() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        List<Double> losses = new ArrayList<>();

        PrunedTraining<ComputationGraph> result = new PruningTrainer.Builder()
                .sparsity(0.4)
                .steps(1)
                .epochsPerStep(5)
                .measure(ToleranceMeasure.LOSS)
                .checkpoint((reached, position) -> losses.addAll(position.losses()))
                .build()
                .train(network, train, validation);

        assertThat(ModelEvaluation.of(result.network(), validation).loss())
                .isEqualTo(result.last().loss());
        assertThat(losses).hasSize(5);
    }

    @Test
    void epochs_left_over_train_the_result_on() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.01));
        List<Integer> epochs = new ArrayList<>();

        PrunedTraining<ComputationGraph> result = new PruningTrainer.Builder()
                .sparsity(0.5)
                .steps(2)
                .epochsPerStep(1)
                .totalEpochs(5)
                .progress(status -> epochs.add(status.epochs()))
                .build()
                .train(network, train, validation);

        assertThat(result.steps().stream().map(PruningStep::epochs)).containsExactly(0, 1, 1, 3);
        assertThat(result.last().fraction()).isEqualTo(1.0);
        assertThat(result.last().cost()).isEqualTo(result.steps().get(2).cost());
        assertThat(result.last().accuracy())
                .isGreaterThanOrEqualTo(result.steps().get(2).accuracy());
        assertThat(epochs).containsExactly(5, 5, 5, 5, 5);
    }

    @Test
    void listeners_of_the_network_stay_on_it() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.02));
        AtomicInteger iterations = new AtomicInteger();
        TrainingListener counter = new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                iterations.incrementAndGet();
            }
        };
        network.setListeners(counter);

        ComputationGraph small = new PruningTrainer.Builder()
                .sparsity(0.5)
                .build()
                .train(network, train, validation)
                .network();

        assertThat(small.getListeners()).containsExactly(counter);
        assertThat(iterations).hasValue(15);
    }

    @Test
    void impossible_requests_are_refused() {
        ComputationGraph network = SmallNetworks.graph(new Adam(0.02));

        assertThatThrownBy(() -> new PruningTrainer.Builder().build())
                .hasMessage("target must be set: sparsity, layer or macs");
        assertThatThrownBy(() ->
                        new PruningTrainer.Builder().sparsity(0.5).macs(0.5).build())
                .hasMessage("target must be a sparsity or a fraction of multiply-adds, got both");
        assertThatThrownBy(() -> new PruningTrainer.Builder().macs(0).build())
                .hasMessage("macs must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> new PruningTrainer.Builder()
                        .sparsity(0.5)
                        .tolerance(1.5)
                        .build())
                .hasMessage("tolerance must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> new PruningTrainer.Builder()
                        .sparsity(0.5)
                        .tolerance(-1)
                        .measure(ToleranceMeasure.LOSS)
                        .build())
                .hasMessage("tolerance must be at least 0 and finite, got -1.0");
        assertThatThrownBy(() -> new PruningTrainer.Builder().steps(0)).hasMessage("steps must be at least 1, got 0");
        StaticPruningListener listener =
                new StaticPruningListener.Builder().sparsity(0.5).build();
        listener.attach(network);
        assertThatThrownBy(
                        () -> new PruningTrainer.Builder().sparsity(0.5).build().train(network, train, validation))
                .hasMessage("network must have no pruning listener, got " + listener);
    }
}
