package io.github.dl4jprune;

import io.github.dl4jprune.cost.Cost;
import io.github.dl4jprune.folding.FoldingReport;
import io.github.dl4jprune.mask.ChannelMask;
import io.github.dl4jprune.surgery.Verification;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;

/**
 * A smaller network, and what was done to get it.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @param network the smaller network; its updater goes on where the original's was
 * @param mask what was removed, over the original's channel graph
 * @param before what the original costs
 * @param after what the smaller network costs
 * @param groups group by group, in network order
 * @param unprunable layers with channels that cannot be removed, and why
 * @param verification how far masked and shrunk network differ; empty if verification was switched off
 * @param folding what became of the constants that removed channels added; empty unless asked for
 * @param latency measured times; empty unless a budget of time was given
 * @param note what holds for the whole, such as a budget that could not be hit closely; may be empty
 */
public record PruningResult<N extends Model>(
        N network,
        ChannelMask mask,
        Cost before,
        Cost after,
        List<PrunedGroup> groups,
        List<PinnedLayer> unprunable,
        Optional<Verification> verification,
        Optional<FoldingReport> folding,
        Optional<LatencyReport> latency,
        String note) {
    /** Copies the lists. */
    public PruningResult {
        groups = List.copyOf(groups);
        unprunable = List.copyOf(unprunable);
    }

    /** The result as a table for people: widths of every group, cost before and after, and the proof. */
    public String report() {
        return ResultText.of(this);
    }
}
