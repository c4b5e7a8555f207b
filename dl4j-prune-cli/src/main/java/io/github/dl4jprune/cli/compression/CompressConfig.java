package io.github.dl4jprune.cli.compression;

import io.github.dl4jprune.cli.input.ConfigurationFile;
import io.github.dl4jprune.compression.Clustering;
import io.github.dl4jprune.compression.Initialization;
import io.github.dl4jprune.compression.Precision;
import io.github.dl4jprune.compression.WeightPruning;
import io.github.dl4jprune.recipe.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configuration file of {@code compress}.
 *
 * @param prune which weights go, and how the rest trains on; empty: none go
 * @param retrain how the centroids train; empty: not
 * @param layerBits exceptions to the widths of the command line
 * @param clustering how centroids are found
 * @param centroids type of stored centroids
 * @param vectors type of stored vectors
 * @param batch examples of a step
 * @param seed of the order of examples
 * @param notes what the user should be told of keys that have no effect
 */
record CompressConfig(
        Optional<Pruning> prune,
        Optional<Training> retrain,
        Map<String, Integer> layerBits,
        Clustering clustering,
        Precision centroids,
        Precision vectors,
        int batch,
        long seed,
        List<String> notes) {

    private static final String WITHOUT_TRAINING = "without prune or retrain: nothing is trained";

    /** Passes over the data and the rate at the first step. */
    record Training(int epochs, double learningRate, double weightDecay) {}

    /** A choice of weights and the training after it. */
    record Pruning(WeightPruning weights, Training training) {}

    static CompressConfig none() {
        return read(new Settings("configuration", Map.of()));
    }

    static CompressConfig read(Path file) throws IOException {
        return read(ConfigurationFile.read(file));
    }

    private static CompressConfig read(Settings root) {
        Settings share = root.section("share");
        Clustering clustering = clustering(share);
        int batch = root.count("batch").orElse(128);
        if (batch < 1) {
            throw new IllegalArgumentException(root.subject("batch") + " must be at least 1, got " + batch);
        }
        Optional<Pruning> prune = root.has("prune") ? Optional.of(pruning(root.section("prune"))) : Optional.empty();
        Optional<Training> retrain =
                root.has("retrain") ? Optional.of(retraining(root.section("retrain"))) : Optional.empty();
        boolean trains = prune.isPresent() || retrain.isPresent();
        root.noteEffect("batch", trains, WITHOUT_TRAINING);
        root.noteEffect("seed", trains, WITHOUT_TRAINING);
        CompressConfig read = new CompressConfig(
                prune,
                retrain,
                bits(share.section("layers")),
                clustering,
                one(share, "centroids", Precision.values(), Precision.FLOAT),
                one(share, "vectors", Precision.values(), Precision.FLOAT),
                batch,
                root.count("seed").orElse(1),
                root.notes());
        share.finish();
        root.finish();
        return read;
    }

    private static Clustering clustering(Settings share) {
        Clustering.Method method = one(share, "method", Clustering.Method.values(), Clustering.Method.EXACT);
        Initialization start = one(share, "initialization", Initialization.values(), Initialization.LINEAR);
        boolean iterates = method == Clustering.Method.LLOYD;
        share.requireEffect("initialization", iterates, "with share.method exact: it belongs to lloyd");
        share.requireEffect(
                "seed",
                iterates && start == Initialization.RANDOM,
                "without share.method lloyd and share.initialization random");
        return new Clustering(method, start, share.count("seed").orElse(0));
    }

    private static <E extends Enum<E>> E one(Settings section, String key, E[] values, E otherwise) {
        List<String> names = Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        return section.word(key, names).map(word -> values[names.indexOf(word)]).orElse(otherwise);
    }

    private static Map<String, Integer> bits(Settings layers) {
        Map<String, Integer> bits = new HashMap<>();
        layers.keys().forEach(name -> layers.count(name).ifPresent(value -> bits.put(name, value)));
        return Map.copyOf(bits);
    }

    private static Pruning pruning(Settings section) {
        Map<String, WeightPruning.Rule> rules = new HashMap<>();
        Settings keep = section.section("keep");
        keep.numbers()
                .forEach((name, ratio) -> rules.put(name, keep.checked(name, () -> new WeightPruning.Keep(ratio))));
        Settings quality = section.section("quality");
        quality.numbers().forEach((name, q) -> {
            WeightPruning.Rule rule = quality.checked(name, () -> new WeightPruning.Quality(q));
            if (rules.put(name, rule) != null) {
                throw new IllegalArgumentException(
                        section.subject("layer \"" + name + "\" must have either keep or quality, got both"));
            }
        });
        Training training = training(section, 0.01, 5e-4);
        section.finish();
        if (rules.isEmpty()) {
            throw new IllegalArgumentException(section.subject("keep") + " or quality must name layers");
        }
        return new Pruning(new WeightPruning(rules), training);
    }

    private static Training retraining(Settings section) {
        Training training = training(section, 1e-4, 0);
        section.finish();
        return training;
    }

    private static Training training(Settings section, double learningRate, double weightDecay) {
        Training training = new Training(
                section.count("epochs").orElse(1),
                section.number("learningRate").orElse(learningRate),
                section.number("weightDecay").orElse(weightDecay));
        if (!(training.epochs >= 0 && training.learningRate > 0 && training.weightDecay >= 0)) {
            throw new IllegalArgumentException(section.subject("epochs")
                    + " must be at least 0, learningRate positive and weightDecay at least 0, got " + training.epochs
                    + ", " + training.learningRate + " and " + training.weightDecay);
        }
        section.noteEffect("learningRate", training.epochs > 0, "with epochs 0, which train nothing");
        section.noteEffect("weightDecay", training.epochs > 0, "with epochs 0, which train nothing");
        return training;
    }
}
