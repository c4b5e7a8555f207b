package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.SmallNetworks;
import io.github.dl4jprune.network.NetworkView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

class ResumableFineTuningTest {
    private static final int BATCHES = 5;

    private final List<DataSet> data = SmallNetworks.data(BATCHES, 4);
    private final List<Kept> kept = new ArrayList<>();

    private record Kept(Model network, long iterations, TrainingPosition position) {}

    private final TrainingBatches batches = SmallNetworks.epochs(data);

    private ResumableFineTuning run(FineTuning settings, int every) {
        return new ResumableFineTuning(
                settings,
                batches,
                TrainingProgress.none(),
                every,
                (network, iterations, position) -> kept.add(
                        new Kept(NetworkView.of(network).copyWithoutListeners().model(), iterations, position)));
    }

    private static FineTuning.Builder twoEpochs() {
        return new FineTuning.Builder().epochs(2).learningRate(0.05).recalibration(new BatchNormRecalibration(3));
    }

    private static FineTuning taught() {
        return twoEpochs()
                .distillation(new Distillation(SmallNetworks.graph(new Sgd(0.3))))
                .build();
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
    void a_run_that_goes_on_from_any_checkpoint_has_the_bits_of_one_that_never_stopped(Model network) {
        ResumableTraining.Outcome<Model> whole = run(taught(), 1).run(network, TrainingPosition.START);

        assertThat(kept).extracting(Kept::iterations).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        for (Kept checkpoint : List.copyOf(kept)) {
            ResumableTraining.Outcome<Model> rest = run(taught(), 0).run(checkpoint.network(), checkpoint.position());

            assertThat(rest.network().params().toDoubleVector())
                    .isEqualTo(whole.network().params().toDoubleVector());
            assertThat(rest.epochs()).isEqualTo(whole.epochs());
        }
    }

    @Test
    void without_dropout_it_trains_as_a_run_that_cannot_be_resumed() {
        ComputationGraph network = SmallNetworks.graph(new Sgd(0.1));

        ComputationGraph expected = taught().fit(network, SmallNetworks.iterator(data), TrainingProgress.none());
        ComputationGraph trained =
                run(taught(), 0).run(network, TrainingPosition.START).network();

        assertThat(trained.params().toDoubleVector())
                .isEqualTo(expected.params().toDoubleVector());
        assertThat(trained.getConfiguration().toJson())
                .isEqualTo(expected.getConfiguration().toJson());
    }

    @Test
    void a_checkpoint_holds_no_class_of_this_library_also_with_a_teacher() {
        run(taught(), 3).run(SmallNetworks.layered(new Sgd(0.1)), TrainingPosition.START);

        assertThat(kept)
                .hasSize(3)
                .extracting(checkpoint -> ((MultiLayerNetwork) checkpoint.network())
                        .getLayerWiseConfigurations()
                        .toJson())
                .noneMatch(json -> json.contains("dl4jprune"));
    }

    @Test
    void listeners_come_along() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        ScoreIterationListener listener = new ScoreIterationListener(100);
        network.setListeners(listener);

        MultiLayerNetwork trained =
                run(taught(), 0).run(network, TrainingPosition.START).network();

        assertThat(trained.getListeners()).containsExactly(listener);
        assertThat(network.getListeners()).containsExactly(listener);
    }

    @Test
    void no_epochs_only_recalibrate() {
        MultiLayerNetwork network = SmallNetworks.layered(new Sgd(0.1));
        MultiLayerNetwork expected = network.clone();
        new BatchNormRecalibration(3).apply(expected, SmallNetworks.iterator(data));

        ResumableTraining.Outcome<MultiLayerNetwork> outcome =
                run(twoEpochs().epochs(0).build(), 1).run(network, TrainingPosition.START);

        assertThat(outcome.network().params()).isEqualTo(expected.params());
        assertThat(outcome.epochs()).isEmpty();
        assertThat(kept).isEmpty();
    }
}
