package io.github.dl4jprune.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.Pruner;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.RandomScore;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.randomnetworks.RandomNetwork;
import io.github.dl4jprune.randomnetworks.RandomNetworks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.statistics.Statistics;
import org.deeplearning4j.datasets.iterator.utilty.SingletonDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What must hold of reconstruction for every network with one input, tried on random ones: 500 with {@code -Pfull}. */
class ReconstructionProperties {
    private static final int NETWORKS =
            Boolean.getBoolean("dl4jprune.full") ? 500 : Integer.getInteger("dl4jprune.networks", 60);

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().between(0, NETWORKS - 1L);
    }

    @Property(generation = GenerationMode.EXHAUSTIVE, shrinking = ShrinkingMode.OFF)
    void only_fitted_layers_change_and_none_for_the_worse(@ForAll("seeds") long seed) {
        RandomNetwork random = RandomNetworks.of(seed);
        NetworkView<Model> network = NetworkView.of(random.network());
        if (random.inputs().length != 1
                || random.inputs()[0].size(0) < 2
                || ChannelGraph.of(network).groups().isEmpty()) {
            return;
        }
        PruningResult<Model> result = Pruner.of(random.network())
                .criterion(new RandomScore(seed))
                .sparsity(0.2 + 0.7 * (seed % 7) / 7)
                .verifyOn(random.inputs())
                .prune();
        NetworkView<Model> small = NetworkView.of(result.network());
        Map<Name, INDArray> before = parameters(small);

        ReconstructionReport report = Reconstruction.of(random.network(), result.network(), result.mask())
                .rebuild(new SingletonDataSetIterator(
                        new DataSet(random.inputs()[0], Nd4j.zeros(random.inputs()[0].size(0), 1))));

        Set<String> changed = report.layers().stream()
                .filter(RebuiltLayer::changed)
                .map(RebuiltLayer::layer)
                .collect(Collectors.toSet());
        Statistics.label("layers").collect(changed.isEmpty() ? "none changed" : "some changed");
        assertThat(report.layers())
                .as("%s", random)
                .allSatisfy(layer -> assertThat(layer.after()).isLessThanOrEqualTo(layer.before()));
        parameters(small).forEach((name, values) -> {
            if (!changed.contains(name.layer()) || !Set.of("W", "b").contains(name.key())) {
                assertThat(values.data().asDouble())
                        .as("%s: %s stays", random, name)
                        .isEqualTo(
                                Objects.requireNonNull(before.get(name)).data().asDouble());
            }
        });
        assertThat(small.output(random.inputs())[0].isNaN().any())
                .as("%s", random)
                .isFalse();
    }

    private record Name(String layer, String key) {}

    private static Map<Name, INDArray> parameters(NetworkView<Model> network) {
        Map<Name, INDArray> copies = new LinkedHashMap<>();
        network.structure()
                .nodes()
                .forEach(node -> network.parameters(node.name())
                        .forEach((key, values) -> copies.put(new Name(node.name(), key), values.dup())));
        return copies;
    }
}
