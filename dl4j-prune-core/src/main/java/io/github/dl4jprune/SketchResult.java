package io.github.dl4jprune;

import io.github.dl4jprune.cost.Cost;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;

/**
 * A narrower network with new filters, and what was done to get it. It does not compute what the original did: its sketched
 * weights are a beginning for training, not a function to keep. There is no mask it could be verified against; its outputs
 * were seen to have the original's shape and to be finite, no more.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 * @param network the narrower network; train it before use
 * @param before what the original costs
 * @param after what the narrower network costs
 * @param groups group by group, in network order
 * @param unprunable layers with channels that cannot be removed, and why
 * @param note what holds for the whole, such as a budget that could not be hit closely; may be empty
 */
public record SketchResult<N extends Model>(
        N network, Cost before, Cost after, List<SketchedGroup> groups, List<PinnedLayer> unprunable, String note) {
    /** Copies the lists. */
    public SketchResult {
        groups = List.copyOf(groups);
        unprunable = List.copyOf(unprunable);
    }

    /** The result as a table for people: widths and treatment of every group, and cost before and after. */
    public String report() {
        int widest =
                groups.stream().mapToInt(group -> group.name().length()).max().orElse(5);
        String row = "%-" + Math.max(5, widest) + "s  %6s  %6s  %-10s  %s%n";
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, row, "group", "before", "after", "treatment", "note"));
        for (SketchedGroup group : groups) {
            String treatment = group.treatment().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            text.append(String.format(
                    Locale.ROOT, row, group.name(), group.width(), group.kept(), treatment, group.note()));
        }
        text.append(ResultText.costs(before, after));
        text.append("sketched weights are new: the network must be trained before it is of use")
                .append(System.lineSeparator());
        if (!note.isEmpty()) {
            text.append(note).append(System.lineSeparator());
        }
        return text.toString();
    }
}
