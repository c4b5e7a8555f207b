package io.github.dl4jprune.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all results together say about one model file; results that name the same path belong together. */
final class ModelFacts {
    /** Sizes that are known, by their keys. */
    static final List<String> SIZES = List.of("parameters", "macs", "bytes");

    private final String path;
    private String madeBy = "";
    private String parent = "";
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private final Set<String> accuracies = new LinkedHashSet<>();
    private final Set<String> times = new LinkedHashSet<>();

    private ModelFacts(String path) {
        this.path = path;
    }

    /** Everything known, by path, in the order of the results. */
    static Map<String, ModelFacts> of(List<Result> results) {
        Map<String, ModelFacts> all = new LinkedHashMap<>();
        results.forEach(result -> add(result, all));
        // a network that was trained on is as large as before; its file is not
        for (Result result : results) {
            if (result.command().equals("finetune")) {
                Map<String, Long> known = in(all, result.argument("MODEL")).sizes;
                Map<String, Long> own = in(all, result.argument("out")).sizes;
                List.of("parameters", "macs").forEach(key -> {
                    if (known.containsKey(key)) {
                        own.putIfAbsent(key, known.get(key));
                    }
                });
            }
        }
        return all;
    }

    private static void add(Result result, Map<String, ModelFacts> all) {
        Fields fields = result.fields();
        switch (result.command()) {
            case "prune", "shrink", "sketch" -> {
                in(all, result.argument("MODEL")).size(fields.object("before"));
                made(result, all).size(fields.object("after"));
            }
            case "finetune", "train" -> made(result, all);
            case "inspect" -> in(all, result.argument("MODEL")).size(fields);
            case "evaluate" -> in(all, result.argument("MODEL")).accuracies.add(accuracy(result));
            case "bench" ->
                fields.objects("models")
                        .forEach(timed -> in(all, timed.text("model"))
                                .times
                                .add(Figures.millis(timed.number("medianMillis")) + " (" + timed.count("batch") + ")"));
            default -> {}
        }
    }

    private static ModelFacts made(Result result, Map<String, ModelFacts> all) {
        in(all, result.argument("MODEL"));
        ModelFacts facts = in(all, result.argument("out"));
        facts.parent = result.argument("MODEL");
        facts.madeBy = result.command() + " of " + Result.name(result.argument("MODEL"));
        return facts;
    }

    private static ModelFacts in(Map<String, ModelFacts> all, String path) {
        return all.computeIfAbsent(path, ModelFacts::new);
    }

    private void size(Fields fields) {
        SIZES.stream().filter(fields::has).forEach(key -> sizes.put(key, fields.count(key)));
    }

    private static String accuracy(Result result) {
        String split = result.argument("split");
        return "%s (%s%s)"
                .formatted(
                        Figures.percent(result.fields().number("accuracy")),
                        split.isEmpty() ? "" : split + ", ",
                        Figures.count(result.fields().count("examples")));
    }

    String path() {
        return path;
    }

    /** The path of the model that it was made from; empty if that is not known. */
    String parent() {
        return parent;
    }

    String madeBy() {
        return madeBy;
    }

    /** A size as text, empty if it is not known. */
    String size(String key) {
        return sizes.containsKey(key) ? Figures.count(sizes.get(key)) : "";
    }

    String accuracy() {
        return String.join("; ", accuracies);
    }

    String time() {
        return String.join("; ", times);
    }
}
