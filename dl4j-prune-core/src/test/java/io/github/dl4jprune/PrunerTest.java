package io.github.dl4jprune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.channel.PinReason;
import io.github.dl4jprune.criterion.BnScale;
import io.github.dl4jprune.criterion.Criteria;
import io.github.dl4jprune.criterion.GeometricMedian;
import io.github.dl4jprune.criterion.L1Norm;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.testing.Networks;
import org.deeplearning4j.datasets.iterator.utilty.SingletonDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class PrunerTest {
    private final ComputationGraph residual = Networks.residual(new Sgd(0.1));

    @Test
    void half_of_every_group_goes_and_the_rest_computes_the_same() {
        PruningResult<ComputationGraph> result =
                Pruner.of(residual).criterion(new L1Norm()).sparsity(0.5).prune();

        assertThat(result.groups()).extracting(PrunedGroup::name).containsExactly("stem", "inner", "side");
        assertThat(result.groups()).extracting(PrunedGroup::kept).containsExactly(3, 3, 1);
        assertThat(result.groups().get(0).layers()).containsExactly("stem", "outer");
        assertThat(result.groups().get(0).keptChannels().keySet()).containsExactly("stem", "stemNorm", "outer");
        assertThat(result.unprunable()).containsExactly(new PinnedLayer("out", PinReason.NETWORK_OUTPUT, ""));
        assertThat(result.verification().orElseThrow().passed()).isTrue();
        assertThat(result.after().parameters())
                .isEqualTo(result.network().numParams() - 2 * 3); // two statistics for each of three channels
        assertThat(result.before().macs()).isEqualTo(64 * 9 * (3 * 6 + 6 * 6 + 6 * 2 + 8 * 6) + 12 * 16 * 5);
        assertThat(result.report()).contains("stem").contains("multiply-adds");
    }

    @Test
    void a_budget_on_multiply_adds_is_met_closely() {
        PruningResult<ComputationGraph> result = Pruner.of(residual)
                .criterion(new GeometricMedian())
                .budget(Budget.macs(0.6))
                .prune();

        assertThat((double) result.after().macs() / result.before().macs()).isLessThanOrEqualTo(0.6);
    }

    @Test
    void ignored_layers_need_not_have_what_the_criterion_looks_at() {
        MultiLayerNetwork network = Networks.chain(new Sgd(0.1));

        PruningResult<MultiLayerNetwork> result = Pruner.of(network)
                .criterion(new BnScale())
                .sparsity(0.5)
                .ignore("hidden")
                .prune();

        assertThat(result.groups()).extracting(PrunedGroup::kept).containsExactly(2, 6);
        assertThatThrownBy(() -> Pruner.of(network)
                        .criterion(new BnScale())
                        .sparsity(0.5)
                        .prune())
                .hasMessage("layer \"hidden\": criterion bn-scale must find a batch normalisation with trained gamma"
                        + " behind it");
    }

    @Test
    void a_global_ranking_removes_the_fraction_over_all_groups_and_empties_none() {
        PruningResult<ComputationGraph> result =
                Pruner.of(residual).scope(Scope.GLOBAL).sparsity(0.5).prune();

        assertThat(result.groups().stream().mapToInt(PrunedGroup::kept).sum()).isEqualTo(7);
        assertThat(result.groups()).allMatch(group -> group.kept() >= 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l1",
                "l2",
                "geometric-median",
                "geometric-median-l1",
                "geometric-median-cosine",
                "taylor",
                "mean-activation",
                "apoz",
                "random"
            })
    void every_criterion_prunes_both_network_types(String name) {
        MultiLayerNetwork chain = Networks.chain(new Sgd(0.1));
        DataSet batch = new DataSet(Nd4j.rand(DataType.DOUBLE, 4, 3, 8, 8), Networks.oneHot(4, 5));

        PruningResult<ComputationGraph> graphResult = Pruner.of(residual)
                .criterion(Criteria.named(name))
                .data(new SingletonDataSetIterator(batch))
                .sparsity(0.5)
                .prune();
        PruningResult<MultiLayerNetwork> chainResult = Pruner.of(chain)
                .criterion(Criteria.named(name))
                .data(new SingletonDataSetIterator(batch))
                .sparsity(0.5)
                .prune();

        assertThat(graphResult.groups().get(0).kept()).isEqualTo(3);
        assertThat(chainResult.groups()).extracting(PrunedGroup::kept).containsExactly(2, 3);
    }

    @Test
    void an_unknown_layer_is_named_with_the_nearest_one() {
        assertThatThrownBy(() -> Pruner.of(residual).ignore("stam").prune())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer \"stam\" must be one with channels, did you mean \"stem\"?");
    }

    @Test
    void a_budget_out_of_reach_says_what_is_the_least() {
        assertThatThrownBy(() -> Pruner.of(residual).budget(Budget.macs(0.001)).prune())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("macs 0.001 asked");
    }
}
