package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.criterion.Criterion;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.network.NetworkView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Scores and selects in one step, on top of channels that are pruned already. */
public final class ChannelSelector {
    private final NetworkView<? extends Model> network;
    private final ChannelGraph graph;

    /**
     * A selector.
     *
     * @param network the network, left untouched
     * @param graph its channel graph
     */
    public ChannelSelector(NetworkView<? extends Model> network, ChannelGraph graph) {
        this.network = network;
        this.graph = graph;
    }

    /**
     * Selects.
     *
     * @param request what to prune, without a budget
     * @param criterion ranks the channels
     * @param data for criteria that look at gradients or activations
     * @param atLeast channels that count first as pruned; a mask over the same graph
     * @return a selection whose mask prunes those of {@code atLeast} and, as far as the request goes, the lowest others
     * @throws IllegalArgumentException as {@link ChannelScorer#score} and {@link Selector#select}, or if there is a budget
     */
    public Selection select(
            SelectionRequest request, Criterion criterion, @Nullable DataSetIterator data, ChannelMask atLeast) {
        ChannelScores scores =
                prunedFirst(new ChannelScorer(network, graph).score(criterion, data, request.ignoredLayers()), atLeast);
        List<String> nodes = network.structure().names();
        Selection selection = new Selector(graph, nodes, scores).select(request, () -> {
            throw new IllegalArgumentException("request must have no budget, got " + request.budget());
        });
        return new Selection(selection.mask().or(atLeast), selection.groups(), selection.note());
    }

    private static ChannelScores prunedFirst(ChannelScores scores, ChannelMask atLeast) {
        Map<Integer, Double> byClass = new HashMap<>();
        scores.byClass()
                .forEach((c, score) -> byClass.put(c, atLeast.prunes(c) ? 0.0 : Math.max(score, Double.MIN_VALUE)));
        return new ChannelScores(byClass);
    }
}
