package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.selection.Budget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which groups of channels become how narrow, as {@code prune} and {@code sketch} are asked. */
@Command
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class GroupOptions {
    @Option(
            names = "--sparsity",
            paramLabel = "S",
            description =
                    "Fraction of each group's channels to do without, in [0, 1); beside a budget: the most a group may lose.")
    @Nullable
    Double sparsity;

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    final Map<String, Double> layers = new LinkedHashMap<>();

    @Option(names = "--layer", paramLabel = "NAME=S", description = "Sparsity of the whole group of a layer.")
    void layer(Map<String, Double> named) {
        named.forEach((name, sparsity) -> {
            Double before = layers.put(name, sparsity);
            if (before != null && !before.equals(sparsity)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--layer \"" + name + "\" must have one sparsity, got " + before + " and " + sparsity);
            }
        });
    }

    @Option(names = "--ignore", paramLabel = "NAME", description = "Leave the group of this layer alone.")
    List<String> ignored = List.of();

    @Option(
            names = "--multiple-of",
            paramLabel = "N",
            defaultValue = "1",
            description = "Keep a multiple of N channels in every group that is narrowed.")
    int multipleOf;

    @Option(names = "--macs", paramLabel = "FRACTION", description = "Budget: at most this part of the multiply-adds.")
    @Nullable
    Double macs;

    @Option(
            names = "--parameters",
            paramLabel = "FRACTION",
            description = "Budget: at most this part of the parameters.")
    @Nullable
    Double parameters;

    @Option(names = "--ratios", paramLabel = "F", description = "JSON file {layer: sparsity}; --layer goes before it.")
    @Nullable
    Path ratios;

    /** Whether nothing says how much is to go. */
    boolean isEmpty() {
        return sparsity == null && budget().isNone() && layers.isEmpty() && ratios == null;
    }

    Budget budget() {
        return new Budget(optional(macs), optional(parameters));
    }

    /**
     * Hands over the sparsity of every layer that has its own, those of {@code --layer} last.
     *
     * @param names of the network's layers; not the network, whose class help would have to load
     */
    void forEachLayer(List<String> names, ObjDoubleConsumer<String> layer) throws IOException {
        if (ratios != null) {
            Ratios.read(ratios, names).forEach(layer::accept);
        }
        layers.forEach(layer::accept);
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
