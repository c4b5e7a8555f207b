package io.github.dl4jprune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.criterion.L2Norm;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.testing.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class WidthSearchTest {
    private static final BeeColony SMALL = new BeeColony(3, 3, 2, 2, 9, 5);

    private final ComputationGraph network = Networks.residual(new Sgd(0.1));

    /** Largest for half of all parameters. */
    private double half(Model candidate) {
        return 1 - Math.abs(0.5 - (double) candidate.numParams() / network.numParams());
    }

    @Test
    void the_best_widths_come_back_as_ratios_that_prune_to_the_network_that_was_measured() {
        WidthSearchResult<ComputationGraph> result =
                WidthSearch.of(network).colony(SMALL).fitness(this::half).run();

        Pruner<ComputationGraph> pruner = Pruner.of(network).criterion(new RandomScore(5));
        result.ratios().forEach(pruner::layer);
        PruningResult<ComputationGraph> pruned = pruner.prune();
        assertThat(result.network().params()).isEqualTo(pruned.network().params());
        assertThat(result.best().fitness()).isEqualTo(half(result.network()));
        assertThat(result.after()).isEqualTo(pruned.after());
        assertThat(result.before()).isEqualTo(pruned.before());
        assertThat(result.evaluations()).hasSizeLessThanOrEqualTo(SMALL.evaluations());
        assertThat(result.ratios()).containsOnlyKeys("stem", "inner", "side");
    }

    @Test
    void inner_widths_alone_are_searched_on_request_and_ignored_layers_are_left_out() {
        MultiLayerNetwork chain = Networks.chain(new Sgd(0.1));

        Map<String, Double> inner = WidthSearch.of(network)
                .colony(SMALL)
                .groups(WidthSearch.Groups.INNER)
                .fitness(this::half)
                .run()
                .ratios();
        Map<String, Double> hidden = WidthSearch.of(chain)
                .colony(SMALL)
                .ignore("first")
                .inherit(new L2Norm())
                .fitness(candidate -> candidate.numParams())
                .run()
                .ratios();

        assertThat(inner).containsOnlyKeys("inner", "side");
        assertThat(hidden).containsOnlyKeys("hidden");
    }

    @Test
    void a_bound_on_multiply_adds_holds_for_every_candidate() {
        WidthSearchResult<ComputationGraph> result = WidthSearch.of(network)
                .colony(SMALL)
                .macs(0.3)
                .fitness(candidate -> candidate.numParams())
                .run();

        assertThat(result.evaluations()).allMatch(evaluation -> evaluation.macs() <= 0.3);
        assertThatThrownBy(() -> WidthSearch.of(network)
                        .colony(SMALL)
                        .macs(0.001)
                        .fitness(this::half)
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("bound on multiply-adds must be at least 0.");
    }

    @Test
    void a_search_that_was_killed_goes_on_to_the_same_result(@TempDir Path folder) {
        Path file = folder.resolve("search.json");
        WidthSearchResult<ComputationGraph> whole =
                WidthSearch.of(network).colony(SMALL).fitness(this::half).run();
        List<Model> asked = new ArrayList<>();

        assertThatThrownBy(() -> WidthSearch.of(network)
                        .colony(SMALL)
                        .keep(file)
                        .fitness(candidate -> {
                            if (asked.size() == 4) {
                                throw new IllegalStateException("killed");
                            }
                            asked.add(candidate);
                            return half(candidate);
                        })
                        .run())
                .hasMessage("killed");
        asked.clear();
        WidthSearchResult<ComputationGraph> resumed = WidthSearch.of(network)
                .colony(SMALL)
                .keep(file)
                .fitness(candidate -> {
                    asked.add(candidate);
                    return half(candidate);
                })
                .run();

        assertThat(asked).hasSize(whole.evaluations().size() - 4);
        assertThat(resumed.evaluations()).isEqualTo(whole.evaluations());
        assertThat(resumed.network().params()).isEqualTo(whole.network().params());
    }

    @Test
    void a_file_of_another_search_is_refused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("search.json");
        WidthSearch.of(network)
                .colony(SMALL)
                .circumstance("epochs", "2")
                .keep(file)
                .fitness(this::half)
                .run();
        String before = Files.readString(file);

        assertThatThrownBy(() -> WidthSearch.of(network)
                        .colony(SMALL)
                        .circumstance("epochs", "3")
                        .keep(file)
                        .fitness(this::half)
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("file \"" + file + "\" holds a search with given epochs \"2\", got \"3\": name another");
        network.params().addi(1);
        assertThatThrownBy(() -> WidthSearch.of(network)
                        .colony(SMALL)
                        .circumstance("epochs", "2")
                        .keep(file)
                        .fitness(this::half)
                        .run())
                .hasMessageContaining("holds a search with weights");
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void ratios_are_written_as_the_command_line_reads_them(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ratios.json");
        WidthSearchResult<ComputationGraph> result =
                WidthSearch.of(network).colony(SMALL).fitness(this::half).run();

        result.writeRatios(file);

        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(Files.readString(file)).toString())
                .isEqualTo(json.writeValueAsString(result.ratios()));
    }

    @Test
    void every_candidate_is_told_with_the_best_so_far() {
        List<Double> best = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();

        WidthSearchResult<ComputationGraph> result = WidthSearch.of(network)
                .colony(SMALL)
                .fitness(this::half)
                .progress((evaluation, leader, atMost) -> {
                    numbers.add(evaluation.number());
                    best.add(leader.fitness());
                    assertThat(atMost).isEqualTo(3 * (1 + 2 * 3) + 3);
                })
                .run();

        assertThat(numbers).hasSameSizeAs(result.evaluations()).startsWith(1, 2, 3);
        assertThat(best).isSorted().endsWith(result.best().fitness());
    }

    @Test
    void what_is_missing_or_out_of_range_is_named() {
        assertThatThrownBy(() -> WidthSearch.of(network).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("search must be given a fitness");
        assertThatThrownBy(() -> WidthSearch.of(network)
                        .fitness(this::half)
                        .ignore("stam")
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"stam\" must be one with channels, did you mean \"stem\"?");
        assertThatThrownBy(() -> WidthSearch.of(network)
                        .fitness(this::half)
                        .ignore("stem", "inner", "side")
                        .run())
                .hasMessage("network must have a group of channels whose width may vary, got none");
        assertThatThrownBy(() -> WidthSearch.of(network).macs(0)).hasMessage("macs must be in (0, 1], got 0.0");
    }
}
