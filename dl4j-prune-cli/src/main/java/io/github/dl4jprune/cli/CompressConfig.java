package io.github.dl4jprune.cli;

import io.github.dl4jprune.compression.Clustering;
import io.github.dl4jprune.compression.Initialization;
import io.github.dl4jprune.compression.Precision;
import io.github.dl4jprune.compression.WeightPruning;
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
 */
record CompressConfig(
        Optional<Pruning> prune,
        Optional<Training> retrain,
        Map<String, Integer> layerBits,
        Clustering clustering,
        Precision centroids,
        Precision vectors,
        int batch,
        long seed) {

    /** Passes over the data and the rate at the first step. */
    record Training(int epochs, double learningRate, double weightDecay) {}

    /** A choice of weights and the training after it. */
    record Pruning(WeightPruning weights, Training training) {}

    static CompressConfig none() {
        return read(ConfigNode.empty());
    }

    static CompressConfig read(Path file) {
        return read(ConfigNode.read(file));
    }

    private static CompressConfig read(ConfigNode root) {
        root.allow("prune", "share", "retrain", "batch", "seed");
        ConfigNode share = root.child("share").orElse(ConfigNode.empty());
        share.allow("layers", "method", "initialization", "seed", "centroids", "vectors");
        long seed = (long) root.number("seed", 1);
        Map<String, Integer> bits = new HashMap<>();
        share.child("layers").ifPresent(layers -> layers.names().forEach(name -> bits.put(name, layers.whole(name))));
        Clustering clustering = new Clustering(
                Clustering.Method.valueOf(share.name("method", "exact", names(Clustering.Method.values()))),
                Initialization.valueOf(share.name("initialization", "linear", names(Initialization.values()))),
                (long) share.number("seed", 0));
        int batch = root.whole("batch", 128);
        if (batch < 1) {
            throw root.refuse("batch must be >= 1, got " + batch);
        }
        return new CompressConfig(
                root.child("prune").map(CompressConfig::pruning),
                root.child("retrain").map(node -> {
                    node.allow("epochs", "learningRate", "weightDecay");
                    return training(node, 1e-4, 0);
                }),
                Map.copyOf(bits),
                clustering,
                Precision.valueOf(share.name("centroids", "float", names(Precision.values()))),
                Precision.valueOf(share.name("vectors", "float", names(Precision.values()))),
                batch,
                seed);
    }

    private static List<String> names(Enum<?>[] values) {
        return Stream.of(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Pruning pruning(ConfigNode node) {
        node.allow("quality", "keep", "epochs", "learningRate", "weightDecay");
        Map<String, WeightPruning.Rule> rules = new HashMap<>();
        node.child("keep")
                .ifPresent(keep -> keep.names()
                        .forEach(name ->
                                rules.put(name, keep.checked(name, () -> new WeightPruning.Keep(keep.number(name))))));
        node.child("quality")
                .ifPresent(quality -> quality.names().forEach(name -> {
                    WeightPruning.Rule rule =
                            quality.checked(name, () -> new WeightPruning.Quality(quality.number(name)));
                    if (rules.put(name, rule) != null) {
                        throw node.refuse("layer \"" + name + "\" must have either keep or quality, got both");
                    }
                }));
        if (rules.isEmpty()) {
            throw node.refuse("must name layers under keep or quality");
        }
        return new Pruning(new WeightPruning(rules), training(node, 0.01, 5e-4));
    }

    private static Training training(ConfigNode node, double learningRate, double weightDecay) {
        Training training = new Training(
                node.whole("epochs", 1),
                node.number("learningRate", learningRate),
                node.number("weightDecay", weightDecay));
        if (!(training.epochs >= 0 && training.learningRate > 0 && training.weightDecay >= 0)) {
            throw node.refuse("must have epochs >= 0, learningRate > 0 and weightDecay >= 0, got " + training.epochs
                    + ", " + training.learningRate + " and " + training.weightDecay);
        }
        return training;
    }
}
