package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.cli.input.InputShapeOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sketch MODEL --sparsity S --out F ...}. */
@Command(
        name = "sketch",
        description =
                "FilterSketch: fewer filters that are new, a sketch of the old ones, as a beginning for training; not the same"
                        + " function.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class SketchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Option(
            names = "--sparsity",
            paramLabel = "S",
            description =
                    "Fraction of each group's channels to do without, in [0, 1); beside a budget: the most a group may lose.")
    @Nullable
    Double sparsity;

    @Option(names = "--out", paramLabel = "F", required = true, description = "Model file to write.")
    Path out;

    @Spec
    CommandSpec spec;

    final Map<String, Double> layers = new LinkedHashMap<>();

    @Option(names = "--layer", paramLabel = "NAME=S", description = "Sparsity of the whole group of a layer.")
    void layer(Map<String, Double> named) {
        LayerSparsities.add(layers, named, spec);
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

    @Option(
            names = "--select-others",
            paramLabel = "CRITERION",
            description =
                    "Prune groups that cannot be sketched by this criterion, one that looks at no data (default: leave"
                            + " them alone).")
    @Nullable
    String selectOthers;

    @Mixin
    InputShapeOption inputShape;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Sketch(this).run();
    }
}
