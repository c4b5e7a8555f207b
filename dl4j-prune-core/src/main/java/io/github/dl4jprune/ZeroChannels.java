package io.github.dl4jprune;

import io.github.dl4jprune.channel.ChannelGraph;
import io.github.dl4jprune.channel.ChannelGroup;
import io.github.dl4jprune.cost.CostModel;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.mask.SilentChannels;
import io.github.dl4jprune.mask.WeightMask;
import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import io.github.dl4jprune.selection.GroupSelection;
import io.github.dl4jprune.selection.Selection;
import io.github.dl4jprune.surgery.Surgery;
import io.github.dl4jprune.surgery.Verification;
import io.github.dl4jprune.surgery.VerificationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cuts out the channels that are zero in a network, such as masks leave them after training: those that nobody reads,
 * because every weight that reads them is 0, and those that nothing is put into, because every parameter that makes them
 * is. The result computes the same as the network itself, which is proved on examples.
 *
 * <p>A channel that nothing is put into may still carry a constant, where an activation function makes something of 0;
 * when the proof shows that, only the channels that nobody reads are cut.
 */
public final class ZeroChannels {
    private ZeroChannels() {}

    /**
     * Removes them. The network is left untouched.
     *
     * @param network MultiLayerNetwork or ComputationGraph
     * @param types size of one example
     * @param examples what the proof is made on, one array an input
     * @return the smaller network; the same one, copied, if there is nothing to remove
     * @throws VerificationException if the smaller network computes something else
     */
    public static <N extends Model> PruningResult<N> remove(N network, InputTypes types, INDArray... examples) {
        NetworkView<N> view = NetworkView.of(network);
        ChannelGraph graph = ChannelGraph.of(view);
        ChannelMask unread = WeightMask.ofZeros(view).channels(view, graph);
        ChannelMask all = union(unread, SilentChannels.of(view, graph));
        CostModel costs = new CostModel(view, graph, types);
        N small = Surgery.shrink(view, all);
        Verification proof = Verification.compare(view, NetworkView.of(small), all, examples);
        if (proof.passed()) {
            return result(small, all, costs, proof);
        }
        small = Surgery.shrink(view, unread);
        proof = Verification.compare(view, NetworkView.of(small), unread, examples);
        if (!proof.passed()) {
            throw new VerificationException(proof);
        }
        return result(small, unread, costs, proof);
    }

    private static ChannelMask union(ChannelMask unread, ChannelMask silent) {
        try {
            return unread.or(silent);
        } catch (IllegalArgumentException e) {
            // together they would empty a layer
            return unread.prunedClasses() >= silent.prunedClasses() ? unread : silent;
        }
    }

    private static <N extends Model> PruningResult<N> result(
            N small, ChannelMask mask, CostModel costs, Verification proof) {
        ChannelGraph graph = mask.graph();
        Selection selection = new Selection(mask, groups(mask), "");
        return new PruningResult<>(
                small,
                mask,
                costs.of(ChannelMask.none(graph)),
                costs.of(mask),
                ResultGroups.groups(selection),
                PinnedLayer.in(graph),
                Optional.of(proof),
                Optional.empty(),
                Optional.empty(),
                mask.isEmpty() ? "no channel of the network is zero" : "");
    }

    private static List<GroupSelection> groups(ChannelMask mask) {
        List<GroupSelection> groups = new ArrayList<>();
        List<Integer> pruned = mask.classes();
        for (ChannelGroup group : mask.graph().groups()) {
            List<Integer> gone =
                    group.classes().stream().filter(pruned::contains).toList();
            int kept = group.width() - gone.size();
            groups.add(new GroupSelection(group, kept, kept, gone, ""));
        }
        return groups;
    }
}
