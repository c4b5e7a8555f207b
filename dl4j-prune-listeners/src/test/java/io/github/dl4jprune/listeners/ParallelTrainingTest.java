package io.github.dl4jprune.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.schedule.LinearSparsity;
import io.github.dl4jprune.schedule.Steps;
import io.github.dl4jprune.selection.Granularity;
import java.util.List;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ScheduleType;

/** Trainers other than fit. */
class ParallelTrainingTest {
    private final List<DataSet> data = SmallNetworks.data(8, 8);

    private static ParallelWrapper wrapper(Model network, ParallelWrapper.TrainingMode mode) {
        ParallelWrapper.Builder<?> builder = new ParallelWrapper.Builder<>(network)
                .workers(2)
                .prefetchBuffer(0)
                .trainingMode(mode);
        if (mode == ParallelWrapper.TrainingMode.AVERAGING) {
            builder.averagingFrequency(1).averageUpdaters(true);
        } else {
            builder.thresholdAlgorithm(
                    new org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm(
                            1e-4));
        }
        return builder.build();
    }

    private void fit(Model network, ParallelWrapper.TrainingMode mode) {
        ParallelWrapper wrapper = wrapper(network, mode);
        wrapper.fit(SmallNetworks.iterator(data));
        wrapper.shutdown();
    }

    @ParameterizedTest
    @EnumSource(
            value = ParallelWrapper.TrainingMode.class,
            names = {"AVERAGING", "SHARED_GRADIENTS"})
    void two_workers_keep_one_mask(ParallelWrapper.TrainingMode mode) {
        for (Granularity granularity : Granularity.values()) {
            MultiLayerNetwork network = SmallNetworks.layered(
                    SmallNetworks.clipped(new Adam(0.01)).l2(1e-2),
                    SmallNetworks.layers(org.deeplearning4j.nn.conf.CNN2DFormat.NCHW, true));
            StaticPruningListener listener = new StaticPruningListener.Builder()
                    .granularity(granularity)
                    .sparsity(0.5)
                    .build();
            listener.attach(network);
            var mask = listener.weightMask().orElseThrow();
            var before = network.params().dup();

            fit(network, mode);

            assertThat(listener.weightMask()).contains(mask);
            assertThat(ZeroWatch.largestPruned(network, mask)).isZero();
            assertThat(network.params().sub(before).amaxNumber().doubleValue()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ParallelWrapper.TrainingMode.class,
            names = {"AVERAGING", "SHARED_GRADIENTS"})
    void a_listener_that_was_not_attached_fails_at_the_first_iteration(ParallelWrapper.TrainingMode mode) {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        StaticPruningListener listener =
                new StaticPruningListener.Builder().sparsity(0.5).build();
        network.addListeners(listener);

        assertThatThrownBy(() -> fit(network, mode))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessage("listener must be attached before a ParallelWrapper trains, got the first iteration of a"
                        + " worker: call attach(network) before new ParallelWrapper.Builder(network) for " + listener);
        assertThat(listener.weightMask()).isEmpty();
    }

    @Test
    void a_listener_that_saw_the_network_train_goes_on_under_a_wrapper() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        StaticPruningListener listener =
                new StaticPruningListener.Builder().sparsity(0.5).build();
        network.addListeners(listener);
        network.fit(data.get(0));

        fit(network, ParallelWrapper.TrainingMode.AVERAGING);

        assertThat(ZeroWatch.largestPruned(network, listener.weightMask().orElseThrow()))
                .isZero();
    }

    @Test
    void a_mask_that_grows_by_iterations_is_one_for_all_workers() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        DynamicPruningListener listener = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .schedule(new LinearSparsity(0.6, new Steps(ScheduleType.ITERATION, 0, 2, 1)))
                .build();
        listener.attach(network);

        fit(network, ParallelWrapper.TrainingMode.AVERAGING);

        assertThat(listener.sparsity()).isCloseTo(0.6, within(0.01));
        assertThat(ZeroWatch.largestPruned(network, listener.weightMask().orElseThrow()))
                .isZero();
    }

    @Test
    void early_stopping_does_not_confuse_a_schedule_by_epochs() {
        MultiLayerNetwork network = SmallNetworks.layered(new Adam(0.01));
        network.setEpochCount(7);
        DynamicPruningListener listener = new DynamicPruningListener.Builder()
                .granularity(Granularity.WEIGHT)
                .sparsity(0.6)
                .end(3)
                .build();
        listener.attach(network);
        var configuration = new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(4))
                .scoreCalculator(new DataSetLossCalculator(SmallNetworks.iterator(data), true))
                .modelSaver(new InMemoryModelSaver<>())
                .build();

        new EarlyStoppingTrainer(configuration, network, SmallNetworks.iterator(data)).fit();

        assertThat(listener.sparsity()).isCloseTo(0.6, within(0.01));
        assertThat(ZeroWatch.largestPruned(network, listener.weightMask().orElseThrow()))
                .isZero();
    }
}
