package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class ResumableTrainingTest {
    private static final int BATCHES = 5;

    private final List<DataSet> data = SmallNetworks.data(BATCHES, 4);
    private final List<Kept> kept = new ArrayList<>();

    private record Kept(Model network, long iterations, TrainingPosition position) {}

    private final TrainingBatches batches = SmallNetworks.epochs(data);

    private static IUpdater nesterovs() {
        return new Nesterovs(0.05, 0.9);
    }

    private static IUpdater adam() {
        return new Adam(0.05);
    }

    private ResumableTraining training(Supplier<IUpdater> updater, int checkpointEvery) {
        return new ResumableTraining(
                3,
                updater,
                5e-4,
                0.05,
                LearningRateSchedule.COSINE,
                9,
                checkpointEvery,
                (network, iterations, position) -> kept.add(
                        new Kept(NetworkView.of(network).copyWithoutListeners().model(), iterations, position)),
                model -> 0.25,
                () -> 0.5);
    }

    private <M extends Model> ResumableTraining.Outcome<M> run(
            Supplier<IUpdater> updater, int every, M network, TrainingPosition position) {
        return training(updater, every).run(network, position, batches, model -> {}, TrainingProgress.none());
    }

    private static MultiLayerNetwork withDropout() {
        Layer[] layers = SmallNetworks.layers(CNN2DFormat.NCHW, true);
        ((BaseLayer) layers[2]).setIDropout(new Dropout(0.7));
        return SmallNetworks.layered(SmallNetworks.builder(new Sgd(0.1)), layers);
    }

    static Stream<Model> networks() {
        return Stream.of(withDropout(), SmallNetworks.graph(new Sgd(0.1)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void a_run_that_goes_on_from_any_checkpoint_ends_as_if_it_had_never_stopped(Model network) {
        for (Supplier<IUpdater> updater :
                List.<Supplier<IUpdater>>of(ResumableTrainingTest::nesterovs, ResumableTrainingTest::adam)) {
            kept.clear();
            ResumableTraining.Outcome<Model> whole = run(updater, 1, network, TrainingPosition.START);
            List<Kept> checkpoints = List.copyOf(kept);

            for (int done : List.of(3, BATCHES, 12)) {
                Kept checkpoint = checkpoints.get(done - 1);
                Nd4j.getRandom().setSeed(checkpoint.iterations() * 31);
                ResumableTraining.Outcome<Model> resumed = run(updater, 0, checkpoint.network(), checkpoint.position());

                assertThat(resumed.network().params()).isEqualTo(whole.network().params());
                assertThat(resumed.network().params().distance2(whole.network().params()))
                        .isZero();
                assertThat(resumed.epochs()).isEqualTo(whole.epochs());
                assertThat(iterations(resumed.network())).isEqualTo(3 * BATCHES);
            }
            assertThat(checkpoints).hasSize(3 * BATCHES);
        }
    }

    private static int iterations(Model model) {
        return model instanceof MultiLayerNetwork layered
                ? layered.getIterationCount()
                : ((ComputationGraph) model).getIterationCount();
    }

    @Test
    void it_trains_as_fine_tuning_does_with_the_same_settings() {
        MultiLayerNetwork given = SmallNetworks.layered(new Sgd(0.1));

        MultiLayerNetwork trained = run(ResumableTrainingTest::nesterovs, 0, given, TrainingPosition.START)
                .network();

        MultiLayerNetwork expected = new FineTuning.Builder()
                .epochs(3)
                .learningRate(0.05)
                .build()
                .fit(given, SmallNetworks.iterator(data), TrainingProgress.none());
        assertThat(trained.params().distance2(expected.params())).isLessThan(1e-14);
        assertThat(trained.params().distance2(given.params())).isGreaterThan(1e-3);
    }

    @Test
    void every_epoch_reports_its_mean_loss_accuracy_and_sparsity() {
        List<Double> losses = new ArrayList<>();

        ResumableTraining.Outcome<MultiLayerNetwork> outcome = training(ResumableTrainingTest::nesterovs, 0)
                .run(
                        SmallNetworks.layered(new Sgd(0.1)),
                        TrainingPosition.START,
                        batches,
                        model -> {},
                        status -> losses.add(status.loss()));

        assertThat(outcome.epochs()).extracting(EpochResult::epoch).containsExactly(1, 2, 3);
        assertThat(outcome.epochs()).extracting(EpochResult::loss).isEqualTo(losses);
        assertThat(outcome.epochs()).extracting(EpochResult::validationAccuracy).containsOnly(0.25);
        assertThat(outcome.epochs()).extracting(EpochResult::sparsity).containsOnly(0.5);
        assertThat(losses.get(2)).isLessThan(losses.get(0));
    }

    @Test
    void checkpoints_lie_between_iterations() {
        run(ResumableTrainingTest::nesterovs, 4, SmallNetworks.layered(new Sgd(0.1)), TrainingPosition.START);

        assertThat(kept).extracting(Kept::iterations).containsExactly(4L, 8L, 12L);
        assertThat(kept).extracting(k -> iterations(k.network())).containsExactly(4, 8, 12);
        assertThat(kept).extracting(k -> k.position().epoch()).containsExactly(0, 1, 2);
        assertThat(kept).extracting(k -> k.position().batch()).containsExactly(4, 3, 2);
    }

    @Test
    void a_loss_that_is_no_number_ends_the_run() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        network.params().assign(Double.NaN);

        assertThatThrownBy(() -> run(ResumableTrainingTest::nesterovs, 0, network, TrainingPosition.START))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("training diverged: mean loss of epoch 1 is NaN at learning rate 0.05");
    }

    @Test
    void a_position_must_fit_its_finished_epochs() {
        assertThatThrownBy(() -> new TrainingPosition(2, 0, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one finished epoch for each before 2");
    }

    @Test
    void the_learning_rate_is_the_initial_one_again_at_the_end() {
        MultiLayerNetwork trained = run(
                        ResumableTrainingTest::adam, 0, SmallNetworks.layered(new Sgd(0.1)), TrainingPosition.START)
                .network();

        assertThat(((BaseLayer) trained.getLayer(0).conf().getLayer())
                        .getIUpdater()
                        .getLearningRate(0, 0))
                .isCloseTo(0.05, within(0.0));
    }
}
