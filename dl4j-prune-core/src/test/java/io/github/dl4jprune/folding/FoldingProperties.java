package io.github.dl4jprune.folding;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.randomnetworks.RandomNetwork;
import io.github.dl4jprune.randomnetworks.RandomNetworks;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.deeplearning4j.nn.api.Model;

/** What must hold of folding for every network, tried on random ones: all 500 with {@code -Pfull}. */
class FoldingProperties {
    private static final int NETWORKS =
            Boolean.getBoolean("dl4jprune.full") ? 500 : Integer.getInteger("dl4jprune.networks", 60);

    @Provide
    Arbitrary<Long> seeds() {
        int first = Integer.getInteger("dl4jprune.firstNetwork", 0);
        return Arbitraries.longs().between(first, first + NETWORKS - 1L);
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void what_is_called_exact_is(@ForAll("seeds") long seed) {
        RandomNetwork random = RandomNetworks.of(seed);
        if (ChannelGraph.of(NetworkView.of(random.network())).groups().isEmpty()) {
            return;
        }

        PruningResult<Model> result;
        try {
            result = Pruner.of(random.network())
                    .criterion(new RandomScore(seed))
                    .sparsity(0.2 + 0.7 * (seed % 7) / 7)
                    .verifyOn(random.inputs())
                    .foldConstants()
                    .prune();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new AssertionError(random.description(), e);
        }

        FoldingReport report = result.folding().orElseThrow();
        String folds = report.folds().isEmpty() ? "none" : "some";
        Statistics.label("folds").collect(report.exact() ? "exact" : "borders", folds);
        if (report.exact()) {
            assertThat(report.comparison().maxAbsoluteDifference())
                    .as("%s%n%s", random, report)
                    .isLessThanOrEqualTo(report.comparison().tolerance());
        }
    }
}
