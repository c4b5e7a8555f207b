package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.LatencyReport;
import io.github.dl4jprune.PinnedLayer;
import io.github.dl4jprune.PrunedGroup;
import io.github.dl4jprune.PruningResult;
import io.github.dl4jprune.cli.console.Size;
import io.github.dl4jprune.cli.console.Table;
import io.github.dl4jprune.reconstruction.ReconstructionReport;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.surgery.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;

/** What pruning did, for people and as JSON. */
public record PruningReport(
        Size before,
        Size after,
        PruningResult<Model> result,
        List<PrunedLayer> layers,
        @Nullable ReconstructionReport reconstruction) {
    /** The report of one run. */
    public static PruningReport of(SavedModel model, SavedModel small, PruningResult<Model> result) {
        return new PruningReport(
                Size.of(model, result.before()),
                Size.of(small, result.after()),
                result,
                PrunedLayer.list(model, result.mask()),
                null);
    }

    /** The same, with what became of the weights that read pruned layers. */
    PruningReport with(@Nullable ReconstructionReport rebuilt) {
        return new PruningReport(before, after, result, layers, rebuilt);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("before", before);
        json.put("after", after);
        putDetails(json);
        result.verification().ifPresent(verification -> json.put("verification", verification));
        result.folding().ifPresent(folding -> json.put("folding", folding));
        result.latency().ifPresent(latency -> json.put("latency", latency));
        if (reconstruction != null) {
            json.put("reconstruction", reconstruction);
        }
        json.put("note", result.note());
        return json;
    }

    /** The keys {@code groups}, {@code layers} and {@code unprunable}. */
    public void putDetails(Map<String, Object> json) {
        json.put("groups", result.groups());
        json.put("layers", layers);
        json.put("unprunable", result.unprunable());
    }

    String text() {
        StringBuilder text = new StringBuilder(groups()).append(System.lineSeparator());
        line(text, "parameters", before.parameters(), after.parameters());
        line(text, "MACs", before.macs(), after.macs());
        line(text, "bytes", before.bytes(), after.bytes());
        result.latency().ifPresent(latency -> text.append(time(latency)));
        if (!result.unprunable().isEmpty()) {
            text.append(pinned()).append(System.lineSeparator());
        }
        text.append(proof()).append(System.lineSeparator());
        result.folding().ifPresent(f -> text.append(f.summary()).append(System.lineSeparator()));
        if (reconstruction != null) {
            text.append(reconstruction.summary()).append(System.lineSeparator());
        }
        if (!result.note().isEmpty()) {
            text.append("note: ").append(result.note()).append(System.lineSeparator());
        }
        return text.toString();
    }

    private String groups() {
        return Table.of(
                result.groups(),
                List.of(
                        Table.words("group", PrunedGroup::name),
                        Table.count("layers", group -> group.layers().size()),
                        Table.count("channels", PrunedGroup::width),
                        Table.count("asked to keep", PrunedGroup::requested),
                        Table.count("kept", PrunedGroup::kept),
                        Table.words("note", PrunedGroup::note)));
    }

    private static void line(StringBuilder text, String what, long before, long after) {
        text.append(String.format(
                Locale.ROOT,
                "%-11s %,13d -> %,13d  (%.2f %% left)%n",
                what,
                before,
                after,
                before == 0 ? 100.0 : 100.0 * after / before));
    }

    private static String time(LatencyReport latency) {
        return String.format(
                Locale.ROOT,
                "%-11s %,10.3f ms -> %,10.3f ms  (%.2f %% left, %.2f %% asked, batch %d)%n",
                "time",
                latency.beforeMillis(),
                latency.afterMillis(),
                100 * latency.reached(),
                100 * latency.asked(),
                latency.batch());
    }

    private String pinned() {
        return "kept whole: "
                + result.unprunable().stream().map(PruningReport::pinned).collect(Collectors.joining("; "));
    }

    private static String pinned(PinnedLayer pinned) {
        return pinned.layer() + " (" + pinned.reason() + (pinned.detail().isEmpty() ? "" : ": " + pinned.detail())
                + ")";
    }

    /** How near the shrunk network is to the masked one. */
    public String proof() {
        return result.verification().map(PruningReport::proof).orElse("proof: left out");
    }

    private static String proof(Verification verification) {
        return String.format(
                Locale.ROOT,
                "proof: masked and shrunk network differ by %.3g at most on %d examples (allowed %.3g)",
                verification.maxAbsoluteDifference(),
                verification.examples(),
                verification.tolerance());
    }
}
