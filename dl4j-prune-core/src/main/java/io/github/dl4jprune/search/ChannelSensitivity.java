package io.github.dl4jprune.search;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.Budget;
import io.github.dl4jprune.selection.ChannelScores;
import io.github.dl4jprune.selection.Scope;
import io.github.dl4jprune.selection.SelectionRequest;
import io.github.dl4jprune.selection.Selector;
import io.github.dl4jprune.surgery.Surgery;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;

/** Sensitivity to the loss of channels: each group is shrunk alone, which is the same function as masking it. */
public final class ChannelSensitivity implements SensitivityScan {
    private final NetworkView<? extends Model> network;
    private final ChannelGraph graph;
    private final Selector selector;

    /**
     * A scan.
     *
     * @param network the network, left untouched
     * @param graph its channel graph
     * @param scores which channels go first
     */
    public ChannelSensitivity(NetworkView<? extends Model> network, ChannelGraph graph, ChannelScores scores) {
        this.network = network;
        this.graph = graph;
        List<String> nodes = network.structure().names();
        this.selector = new Selector(graph, nodes, scores);
    }

    @Override
    public List<SensitivitySubject> subjects() {
        return graph.groups().stream()
                .map(group ->
                        new SensitivitySubject(group.name(), group.producers().get(0)))
                .toList();
    }

    @Override
    public SensitivityPoint measure(SensitivitySubject subject, double sparsity, QualityMeasure measure) {
        Model small = Surgery.shrink(network, mask(Map.of(subject.layer(), sparsity)));
        return new SensitivityPoint(subject, sparsity, measure.of(small));
    }

    /**
     * The mask of several groups, each at its own sparsity.
     *
     * @param sparsities by layer, in [0, 1)
     */
    ChannelMask mask(Map<String, Double> sparsities) {
        SelectionRequest request =
                new SelectionRequest(OptionalDouble.empty(), Scope.LOCAL, sparsities, Set.of(), 1, Budget.NONE);
        return selector.select(request, () -> {
                    throw new IllegalStateException("without a budget nothing asks for costs");
                })
                .mask();
    }
}
