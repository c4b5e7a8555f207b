package io.github.dl4jprune.report;

import io.github.dl4jprune.report.Block.Note;
import io.github.dl4jprune.report.Block.Tile;
import io.github.dl4jprune.report.Block.Tiles;
import io.github.dl4jprune.report.Section.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Before and after of every cut, and all models side by side. */
final class SummarySection {
    private SummarySection() {}

    static Section of(List<Result> results) {
        List<Part> parts = new ArrayList<>();
        ModelTable.of(results).ifPresent(table -> parts.add(new Part("All models", List.of(table))));
        for (Result result : results) {
            if (result.fields().has("before") && result.fields().has("after")) {
                parts.add(new Part(result.title(), cut(result.fields())));
            }
            if (result.command().equals("verify")) {
                parts.add(new Part(result.title(), List.of(compared(result.fields()))));
            }
        }
        return new Section("summary", "Before and after", "", parts);
    }

    private static List<Block> cut(Fields fields) {
        Fields before = fields.object("before");
        Fields after = fields.object("after");
        List<Tile> tiles = new ArrayList<>();
        tile("Parameters", "parameters", Figures::shortened, before, after).ifPresent(tiles::add);
        tile("Multiply-adds, one example", "macs", Figures::shortened, before, after)
                .ifPresent(tiles::add);
        tile("Model file", "bytes", Figures::bytes, before, after).ifPresent(tiles::add);
        tile("Time of one example", "medianMillis", Figures::millis, before, after)
                .ifPresent(tiles::add);
        accuracy(fields, before, after).ifPresent(tiles::add);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Tiles(tiles));
        fields.find("verification").ifPresent(proof -> blocks.add(new Note(proof(proof))));
        if (!fields.text("note", "").isEmpty()) {
            blocks.add(new Note("Note: " + fields.text("note")));
        }
        return blocks;
    }

    private static Optional<Tile> tile(
            String label, String key, DoubleFunction<String> text, Fields before, Fields after) {
        if (!before.has(key) && !after.has(key)) {
            return Optional.empty();
        }
        double had = before.number(key);
        double has = after.number(key);
        double left = had == 0 ? 1 : has / had;
        String remark = Figures.percent(left) + (key.equals("medianMillis") ? " of the time" : " left");
        return Optional.of(new Tile(label, text.apply(had), text.apply(has), remark, left));
    }

    private static Optional<Tile> accuracy(Fields fields, Fields before, Fields after) {
        if (!before.has("accuracy") && !after.has("accuracy")) {
            return Optional.empty();
        }
        String remark = fields.has("accuracyBeforeFineTuning")
                ? Figures.percent(fields.number("accuracyBeforeFineTuning")) + " before it was trained on"
                : "";
        return Optional.of(new Tile(
                "Test accuracy",
                Figures.percent(before.number("accuracy")),
                Figures.percent(after.number("accuracy")),
                remark,
                null));
    }

    private static String proof(Fields proof) {
        return "Proof: the network with its pruned channels at zero and the network without them differ by %s at most on"
                        .formatted(Figures.scientific(proof.number("maxAbsoluteDifference")))
                + " %s examples (allowed: %s)."
                        .formatted(
                                Figures.count(proof.count("examples")), Figures.scientific(proof.number("tolerance")));
    }

    private static Note compared(Fields fields) {
        List<String> models = new ArrayList<>();
        for (Fields model : fields.objects("models")) {
            models.add(
                    Result.name(model.text("model")) + " (accuracy " + Figures.percent(model.number("accuracy")) + ")");
        }
        boolean failed = fields.number("relativeDifference") > fields.number("tolerance");
        String verdict = failed ? " That is more than allowed: these models do not compute the same." : "";
        return new Note("Outputs of %s differ by %s of the largest output at most on %s examples (allowed: %s).%s"
                .formatted(
                        String.join(" and ", models),
                        Figures.scientific(fields.number("relativeDifference")),
                        Figures.count(fields.count("examples")),
                        Figures.scientific(fields.number("tolerance")),
                        verdict));
    }
}
