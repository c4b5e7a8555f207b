package io.github.dl4jprune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.generation.PruningNetProgress;
import io.github.dl4jprune.generation.PruningNetTraining;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.testing.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** MetaPruning: an evolution over candidates whose weights a PruningNet generates. */
class GeneratedWidthSearchTest {
    private static final EvolutionSearch SMALL = new EvolutionSearch(4, 2, 2, 2, 0.5, 1, 10, 5);
    private static final EvolutionSearch LOTS = new EvolutionSearch(4, 1, 2, 0, 0, 0, 10, 5);
    private static final PruningNetTraining TRAINING = new PruningNetTraining(2, 0.02, 0.9, 0, 0, 3);
    private static final PruningNetTraining NONE = new PruningNetTraining(1, 1e-300, 0, 0, 0, 3);

    private final ComputationGraph network = Networks.residual(new Sgd(0.1));
    private final List<DataSet> batches = new ArrayList<>();

    GeneratedWidthSearchTest() {
        Nd4j.getRandom().setSeed(17);
        for (int i = 0; i < 2; i++) {
            batches.add(new DataSet(Nd4j.rand(DataType.DOUBLE, 10, 3, 8, 8), Networks.oneHot(10, 5)));
        }
    }

    private DataSetIterator data() {
        return new ListDataSetIterator<>(
                batches.stream().flatMap(batch -> batch.asList().stream()).toList(), 10);
    }

    /** 1 over 1 + the loss on the training data. */
    private double worth(Model candidate) {
        DataSet all = DataSet.merge(batches);
        double loss = candidate instanceof ComputationGraph graph
                ? graph.score(all, true)
                : ((MultiLayerNetwork) candidate).score(all, true);
        return 1 / (1 + loss);
    }

    private <N extends Model> WidthSearch<N> search(N model, PruningNetTraining training) {
        return WidthSearch.of(model)
                .evolution(SMALL)
                .generate(training, data(), PruningNetProgress.none())
                .fitness(this::worth);
    }

    /** How much more four random candidates are worth with training than without, on average. */
    private <N extends Model> double gain(N model) {
        WidthSearchResult<N> untrained = search(model, NONE).evolution(LOTS).run();
        WidthSearchResult<N> trained = search(model, new PruningNetTraining(10, 0.03, 0.9, 0, 0, 3))
                .evolution(LOTS)
                .run();
        assertThat(trained.evaluations())
                .extracting(WidthEvaluation::entries)
                .isEqualTo(untrained.evaluations().stream()
                        .map(WidthEvaluation::entries)
                        .toList());
        return mean(trained) - mean(untrained);
    }

    private static double mean(WidthSearchResult<?> result) {
        return result.evaluations().stream()
                .mapToDouble(WidthEvaluation::fitness)
                .average()
                .orElseThrow();
    }

    @Test
    void training_makes_random_widths_better_in_both_network_types() {
        assertThat(gain(network)).isGreaterThan(0.02);
        assertThat(gain(Networks.chain(new Sgd(0.1)))).isGreaterThan(0.02);
    }

    @Test
    void before_training_candidates_are_what_they_would_inherit() {
        List<INDArray> generated = new ArrayList<>();
        List<INDArray> inherited = new ArrayList<>();

        search(network, NONE)
                .fitness(candidate -> recorded(generated, candidate))
                .run();
        WidthSearch.of(network)
                .evolution(SMALL)
                .fitness(candidate -> recorded(inherited, candidate))
                .run();

        assertThat(generated).hasSizeGreaterThan(5).isEqualTo(inherited);
    }

    private static double recorded(List<INDArray> parameters, Model candidate) {
        parameters.add(candidate.params().dup());
        return candidate.numParams();
    }

    @Test
    void the_network_is_untouched_and_the_result_is_the_best_candidate() {
        INDArray before = network.params().dup();

        WidthSearchResult<ComputationGraph> result =
                search(network, TRAINING).macs(0.4).run();

        assertThat(network.params()).isEqualTo(before);
        assertThat(worth(result.network())).isEqualTo(result.best().fitness());
        assertThat(result.evaluations()).allMatch(evaluation -> evaluation.macs() <= 0.4);
    }

    @Test
    void frozen_layers_and_running_statistics_are_inherited() {
        ComputationGraph frozen = Networks.residual(new Sgd(0.1));
        frozen.getVertex("stem").setLayerAsFrozen();
        assertThat(frozen.getLayer("stem")).isInstanceOf(FrozenLayer.class);
        NetworkView<ComputationGraph> view = NetworkView.of(frozen);

        Map<String, INDArray> before = view.parameters("stem");
        ComputationGraph found = search(frozen, TRAINING)
                .evolution(new EvolutionSearch(2, 1, 1, 0, 0, 0, 10, 1))
                .scale(new WidthScale(List.of(0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01, 0.0))) // keeps all
                .run()
                .network();

        NetworkView<ComputationGraph> after = NetworkView.of(found);
        assertThat(after.parameters("stem")).isEqualTo(before);
        assertThat(after.parameters("stemNorm").get("mean"))
                .isEqualTo(view.parameters("stemNorm").get("mean"));
        assertThat(after.parameters("inner").get("W"))
                .isNotEqualTo(view.parameters("inner").get("W"));
    }

    @Test
    void a_killed_search_goes_on_with_the_same_pruning_net(@TempDir Path folder) {
        Path file = folder.resolve("search.json");
        List<Integer> iterations = new ArrayList<>();
        WidthSearchResult<ComputationGraph> whole = search(network, TRAINING).run();

        assertThatThrownBy(() -> search(network, TRAINING)
                        .keep(file)
                        .fitness(candidate -> {
                            throw new IllegalStateException("killed");
                        })
                        .run())
                .hasMessage("killed");
        WidthSearchResult<ComputationGraph> resumed = search(network, TRAINING)
                .generate(TRAINING, data(), (iteration, all, loss) -> iterations.add(iteration))
                .keep(file)
                .run();

        assertThat(iterations).isEmpty();
        assertThat(resumed.evaluations()).isEqualTo(whole.evaluations());
        assertThat(resumed.network().params()).isEqualTo(whole.network().params());
    }

    @Test
    void a_pruning_net_of_another_search_or_a_damaged_one_is_refused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("search.json");
        Path net = folder.resolve("search.json.pruningnet");
        search(network, TRAINING).keep(file).run();
        assertThatThrownBy(() -> WidthSearch.of(network)
                        .evolution(SMALL)
                        .fitness(this::worth)
                        .keep(file)
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file \"" + file + "\" holds a search with generated \"" + TRAINING
                        + "\", got \"\": name another");
        Files.delete(file);

        assertThatThrownBy(() -> search(network, TRAINING).keep(file).macs(0.5).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file \"" + net + "\" must hold the PruningNet of this search, got another: remove it");
        byte[] whole = Files.readAllBytes(net);
        whole[whole.length / 2] ^= 1;
        Files.write(net, whole);
        assertThatThrownBy(() -> search(network, TRAINING).keep(file).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file \"" + net
                        + "\" must hold a PruningNet, got a file whose checksum does not fit: remove it");
        Files.write(net, new byte[] {0});
        assertThatThrownBy(() -> search(network, TRAINING).keep(file).run())
                .hasMessage("file \"" + net
                        + "\" must hold a PruningNet, got a file whose checksum does not fit: remove it");
    }

    @Test
    void progress_tells_every_iteration_and_smoothing_changes_the_loss() {
        List<String> told = new ArrayList<>();
        List<Double> losses = new ArrayList<>();

        search(network, TRAINING)
                .evolution(LOTS)
                .generate(new PruningNetTraining(2, 0.01, 0, 0, 0.5, 3), data(), (iteration, all, loss) -> {
                    told.add(iteration + " of " + all);
                    losses.add(loss);
                })
                .run();
        double[] sharp = {0};
        search(network, TRAINING)
                .evolution(LOTS)
                .generate(
                        new PruningNetTraining(1, 0.01, 0, 0, 0, 3),
                        data(),
                        (iteration, all, loss) -> sharp[0] = iteration == 1 ? loss : sharp[0])
                .run();

        assertThat(told).startsWith("1 of 4", "2 of 4").endsWith("4 of 4").hasSize(4);
        assertThat(losses.get(0)).isNotEqualTo(sharp[0]);
    }

    @Test
    void what_cannot_be_trained_is_named() {
        assertThatThrownBy(() -> search(network, new PruningNetTraining(9, 1e200, 0, 0, 0, 3))
                        .run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("PruningNet: loss of iteration ")
                .hasMessageEndingWith("lower the learning rate of 1.0E200");
        assertThatThrownBy(() ->
                        search(network, TRAINING).scale(WidthScale.even(0.5, 6)).run())
                .hasMessage("largest entry must be at most 6, the levels of the width scale, got 10");
        assertThatThrownBy(
                        () -> new PruningNetTraining.Builder().labelSmoothing(1).build())
                .hasMessage("label smoothing must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> new PruningNetTraining.Builder().epochs(0).build())
                .hasMessage("epochs must be at least 1, got 0");
    }
}
