package io.github.dl4jprune.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jprune.SmallNetworks;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class FineTuningTest {
    private static final int BATCHES = 4;
    private final List<DataSet> data = SmallNetworks.data(BATCHES, 4);
    private final List<TrainingStatus> epochs = new ArrayList<>();

    @Test
    void a_layered_network_trains_as_dl4j_does_with_the_same_settings() {
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        MultiLayerNetwork expected = SmallNetworks.layered(
                SmallNetworks.builder(new Nesterovs(cosine(2 * BATCHES), 0.9)).l2(5e-4),
                SmallNetworks.layers(CNN2DFormat.NCHW, true));
        expected.setParams(given.params());

        MultiLayerNetwork trained =
                new FineTuning.Builder().epochs(2).build().fit(given, SmallNetworks.iterator(data), epochs::add);
        expected.fit(SmallNetworks.iterator(data), 2);

        assertThat(trained.params().distance2(expected.params())).isLessThan(1e-14);
        assertThat(trained.params().distance2(given.params())).isGreaterThan(1e-3);
    }

    @Test
    void a_graph_trains_as_dl4j_does_with_the_same_settings() {
        ComputationGraph given = SmallNetworks.graph(new Adam(0.01));
        ComputationGraph expected = SmallNetworks.graph(
                SmallNetworks.builder(new Nesterovs(cosine(2 * BATCHES), 0.9)).l2(5e-4), CNN2DFormat.NCHW);
        expected.setParams(given.params());

        ComputationGraph trained =
                new FineTuning.Builder().epochs(2).build().fit(given, SmallNetworks.iterator(data), epochs::add);
        expected.fit(SmallNetworks.iterator(data), 2);

        assertThat(trained.params().distance2(expected.params())).isLessThan(1e-14);
        assertThat(trained.params().distance2(given.params())).isGreaterThan(1e-3);
    }

    private static MapSchedule cosine(int iterations) {
        MapSchedule.Builder rates = new MapSchedule.Builder(ScheduleType.ITERATION);
        for (int i = 0; i < iterations; i++) {
            rates.add(i, 0.01 * (1 + Math.cos(Math.PI * i / iterations)) / 2);
        }
        return rates.build();
    }

    @Test
    void without_momentum_decay_and_cosine_it_is_plain_gradient_descent() {
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        MultiLayerNetwork expected = SmallNetworks.layered(new Sgd(0.05));

        MultiLayerNetwork trained = new FineTuning.Builder()
                .learningRate(0.05)
                .momentum(0)
                .weightDecay(0)
                .schedule(LearningRateSchedule.CONSTANT)
                .build()
                .fit(given, SmallNetworks.iterator(data), TrainingProgress.none());
        expected.fit(SmallNetworks.iterator(data));

        assertThat(trained.params()).isEqualTo(expected.params());
    }

    @Test
    void the_given_network_is_not_touched() {
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        given.fit(data.get(0));
        MultiLayerNetwork before = given.clone();
        String configuration = given.getLayerWiseConfigurations().toJson();

        new FineTuning.Builder()
                .recalibration(new BatchNormRecalibration(2))
                .distillation(new Distillation(given))
                .build()
                .fit(given, SmallNetworks.iterator(data), TrainingProgress.none());

        assertThat(given.params()).isEqualTo(before.params());
        assertThat(given.getUpdater().getStateViewArray())
                .isEqualTo(before.getUpdater().getStateViewArray());
        assertThat(given.getLayerWiseConfigurations().toJson()).isEqualTo(configuration);
    }

    @Test
    void counters_go_on_and_listeners_come_along() {
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        given.fit(SmallNetworks.iterator(data));
        List<Integer> heard = new ArrayList<>();
        var listener = new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                heard.add(iteration);
            }
        };
        given.setListeners(listener);

        MultiLayerNetwork trained =
                new FineTuning.Builder().build().fit(given, SmallNetworks.iterator(data), TrainingProgress.none());

        assertThat(trained.getIterationCount()).isEqualTo(8);
        assertThat(trained.getEpochCount()).isEqualTo(2);
        assertThat(heard).containsExactly(4, 5, 6, 7);
        assertThat(trained.getListeners()).containsExactly(listener);
        assertThat(given.getListeners()).containsExactly(listener);
    }

    @Test
    void the_trained_network_keeps_the_initial_learning_rate_and_no_class_of_ours() {
        MultiLayerNetwork trained = new FineTuning.Builder()
                .distillation(new Distillation(SmallNetworks.graph(new Sgd(0.1))))
                .build()
                .fit(SmallNetworks.layered(new Adam(0.01)), SmallNetworks.iterator(data), TrainingProgress.none());

        assertThat(((BaseLayer) trained.getLayer(0).conf().getLayer()).getIUpdater())
                .isEqualTo(new Nesterovs(0.01, 0.9));
        assertThat(trained.getLayerWiseConfigurations().toJson()).doesNotContain("dl4jprune");
    }

    @Test
    void a_seed_makes_dropout_repeatable() {
        Layer[] layers = SmallNetworks.layers(CNN2DFormat.NCHW, true);
        layers[4].setIDropout(new Dropout(0.5));
        MultiLayerNetwork given = SmallNetworks.layered(SmallNetworks.builder(new Adam(0.01)), layers);
        FineTuning seeded = new FineTuning.Builder().seed(5).build();

        INDArray first = seeded.fit(given, SmallNetworks.iterator(data), TrainingProgress.none())
                .params();
        INDArray second = seeded.fit(given, SmallNetworks.iterator(data), TrainingProgress.none())
                .params();
        INDArray other = new FineTuning.Builder()
                .seed(6)
                .build()
                .fit(given, SmallNetworks.iterator(data), TrainingProgress.none())
                .params();

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void no_epochs_only_recalibrate() {
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        MultiLayerNetwork expected = given.clone();
        new BatchNormRecalibration(2).apply(expected, SmallNetworks.iterator(data));

        MultiLayerNetwork result = new FineTuning.Builder()
                .epochs(0)
                .recalibration(new BatchNormRecalibration(2))
                .build()
                .fit(given, SmallNetworks.iterator(data), TrainingProgress.none());

        assertThat(result.params()).isEqualTo(expected.params());
    }

    @Test
    void progress_reports_the_mean_score_of_each_epoch() {
        List<Double> scores = new ArrayList<>();
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        given.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                scores.add(model.score());
            }
        });
        List<TrainingStatus> iterations = new ArrayList<>();

        new FineTuning.Builder().epochs(2).build().fit(given, SmallNetworks.iterator(data), new TrainingProgress() {
            @Override
            public void epochDone(TrainingStatus status) {
                epochs.add(status);
            }

            @Override
            public void iterationDone(TrainingStatus status) {
                iterations.add(status);
            }
        });

        assertThat(iterations).extracting(TrainingStatus::iteration).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(iterations).extracting(TrainingStatus::epoch).containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
        assertThat(iterations.get(0).loss()).isEqualTo(scores.get(0));
        assertThat(epochs).extracting(TrainingStatus::iterations).containsExactly(8L, 8L);
        assertThat(epochs.get(1).loss())
                .isCloseTo(
                        scores.subList(4, 8).stream()
                                .mapToDouble(s -> s)
                                .average()
                                .orElseThrow(),
                        within(1e-15));
        assertThat(epochs.get(1).remaining()).isZero();
        assertThat(epochs.get(0).remaining()).isPositive();
        assertThat(epochs.get(0).examplesPerSecond()).isPositive();
    }

    @Test
    void distillation_moves_the_student_towards_the_teacher() {
        MultiLayerNetwork teacher = SmallNetworks.layered(new Adam(0.01));
        teacher.fit(SmallNetworks.iterator(data), 10);
        ComputationGraph student = SmallNetworks.graph(new Adam(0.01));
        INDArray features = data.get(0).getFeatures();

        ComputationGraph trained = new FineTuning.Builder()
                .epochs(10)
                .learningRate(0.05)
                .distillation(new Distillation(teacher, 1, 2))
                .build()
                .fit(student, SmallNetworks.iterator(data), epochs::add);

        INDArray goal = teacher.output(features);
        assertThat(trained.outputSingle(features).distance2(goal))
                .isLessThan(student.outputSingle(features).distance2(goal) / 2);
        assertThat(epochs.get(9).loss()).isLessThan(epochs.get(0).loss());
    }

    @Test
    void distillation_without_weight_trains_as_without_a_teacher() {
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        FineTuning.Builder settings = new FineTuning.Builder().epochs(2);

        INDArray expected = settings.build()
                .fit(given, SmallNetworks.iterator(data), TrainingProgress.none())
                .params();
        INDArray distilled = settings.distillation(new Distillation(SmallNetworks.graph(new Sgd(0.1)), 0, 4))
                .build()
                .fit(given, SmallNetworks.iterator(data), TrainingProgress.none())
                .params();

        assertThat(distilled.distance2(expected)).isLessThan(1e-12);
    }

    @Test
    void the_global_random_generator_goes_on_undisturbed() {
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        Nd4j.getRandom().setSeed(11);
        double expected = Nd4j.getRandom().nextDouble();
        Nd4j.getRandom().setSeed(11);

        new FineTuning.Builder().build().fit(given, SmallNetworks.iterator(data), TrainingProgress.none());

        assertThat(Nd4j.getRandom().nextDouble()).isEqualTo(expected);
    }

    @Test
    void parameters_that_the_last_iteration_drove_to_infinity_are_an_error() {
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        FineTuning once = new FineTuning.Builder()
                .learningRate(Double.MAX_VALUE)
                .momentum(0)
                .schedule(LearningRateSchedule.CONSTANT)
                .build();

        assertThatThrownBy(() -> once.fit(given, SmallNetworks.iterator(data.subList(0, 1)), TrainingProgress.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "training diverged: parameters after epoch 1 are infinite or NaN at learning rate 1.7976931348623157E308");
    }

    @Test
    void a_diverging_run_is_an_error() {
        MultiLayerNetwork given = SmallNetworks.layered(new Adam(0.01));
        given.getParam("0_W").putScalar(0, Double.NaN);

        assertThatThrownBy(() -> new FineTuning.Builder().build().fit(given, SmallNetworks.iterator(data), epochs::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("training diverged: mean loss of epoch 1 is NaN at learning rate 0.01");
    }

    @Test
    void values_out_of_range_are_refused() {
        refuses(new FineTuning.Builder().epochs(-1), "epochs must be at least 0, got -1");
        refuses(new FineTuning.Builder().learningRate(0), "learning rate must be positive and finite, got 0.0");
        refuses(new FineTuning.Builder().momentum(1), "momentum must be in [0, 1), got 1.0");
        refuses(
                new FineTuning.Builder().weightDecay(Double.NaN),
                "weight decay must be at least 0 and finite, got NaN");
        refuses(new FineTuning.Builder().batchesPerEpoch(0), "batches per epoch must be at least 1, got 0");
    }

    private static void refuses(FineTuning.Builder builder, String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void neither_no_data_nor_another_model_are_accepted() {
        FineTuning oneEpoch = new FineTuning.Builder().build();
        Model layer = SmallNetworks.layered(new Sgd(0.1)).getLayer(0);

        assertThatThrownBy(() -> oneEpoch.fit(
                        SmallNetworks.layered(new Sgd(0.1)),
                        new ListDataSetIterator<>(List.<DataSet>of(), 1),
                        epochs::add))
                .hasMessage("training data must hold at least one batch, got none");
        assertThatThrownBy(() -> oneEpoch.fit(layer, SmallNetworks.iterator(data), epochs::add))
                .hasMessage("network must be a MultiLayerNetwork or a ComputationGraph,"
                        + " got org.deeplearning4j.nn.layers.convolution.ConvolutionLayer");
    }
}
