package io.github.dl4jprune.report;

import io.github.dl4jprune.report.Block.Column;
import io.github.dl4jprune.report.Block.Folded;
import io.github.dl4jprune.report.Block.Table;
import io.github.dl4jprune.report.Section.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Layers whose channels stay, and why: networks that say the same are told of once. */
final class PinnedSection {
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("NETWORK_INPUT", "it is an input of the network: the data decides its width"),
            Map.entry("NETWORK_OUTPUT", "it is an output of the network"),
            Map.entry("FROZEN", "all layers that produce its channels are frozen"),
            Map.entry("SOFTMAX", "a softmax makes every channel depend on all others"),
            Map.entry("LAYER_NORMALIZATION", "a layer normalisation takes its statistics over all channels"),
            Map.entry("LOCAL_RESPONSE_NORMALIZATION", "a local response normalisation reads neighbouring channels"),
            Map.entry("ATTENTION", "an attention layer mixes its channels, or fixes their number"),
            Map.entry("NORM_OVER_CHANNELS", "a norm or distance is taken over all its channels"),
            Map.entry("RESHAPE", "a reshape or permutation gives its positions another meaning"),
            Map.entry("BROADCAST", "it is broadcast over the channels of another activation"),
            Map.entry("UNKNOWN_WIDTH", "it meets an activation of unknown width"),
            Map.entry("UNKNOWN_ACTIVATION_FUNCTION", "an unknown activation function reads its channels"),
            Map.entry("UNKNOWN_LAYER", "a layer of an unknown type produces or reads its channels"),
            Map.entry("UNKNOWN_VERTEX", "a vertex of an unknown type reads its channels"),
            Map.entry("UNKNOWN_PREPROCESSOR", "a preprocessor of an unknown type reads its channels"));

    private PinnedSection() {}

    static Section of(List<Result> results) {
        Map<List<List<String>>, String> titles = new LinkedHashMap<>();
        for (Result result : results) {
            if (result.fields().has("unprunable")) {
                List<List<String>> rows = new ArrayList<>();
                result.fields().objects("unprunable").forEach(pinned -> rows.add(row(pinned)));
                if (!rows.isEmpty()) {
                    titles.merge(rows, result.title(), (old, more) -> old + "; " + more);
                }
            }
        }
        List<Part> parts = new ArrayList<>();
        titles.forEach((rows, title) -> parts.add(new Part(
                title,
                List.of(new Table(
                        "",
                        List.of(Column.words("Layer"), Column.words("Kept whole because"), Column.words("Where")),
                        rows,
                        Folded.OPEN)))));
        return new Section("pinned", "Layers kept whole", "Nothing is guessed: what cannot be cut stays.", parts);
    }

    private static List<String> row(Fields pinned) {
        String reason = pinned.text("reason");
        return List.of(pinned.text("layer"), REASONS.getOrDefault(reason, reason), pinned.text("detail", ""));
    }
}
