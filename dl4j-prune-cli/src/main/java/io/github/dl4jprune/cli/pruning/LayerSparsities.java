package io.github.dl4jprune.cli.pruning;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Collects what {@code --layer NAME=S} says, time after time. */
final class LayerSparsities {
    private LayerSparsities() {}

    /** Adds what is named; two sparsities for one layer are refused. */
    static void add(Map<String, Double> layers, Map<String, Double> named, CommandSpec spec) {
        named.forEach((layer, sparsity) -> {
            Double before = layers.put(layer, sparsity);
            if (before != null && !before.equals(sparsity)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--layer \"" + layer + "\" must have one sparsity, got " + before + " and " + sparsity);
            }
        });
    }
}
