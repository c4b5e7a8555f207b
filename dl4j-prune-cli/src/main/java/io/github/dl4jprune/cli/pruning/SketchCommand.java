package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.cli.input.InputShapeOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Option(names = "--out", paramLabel = "F", required = true, description = "Model file to write.")
    Path out;

    @Option(
            names = "--select-others",
            paramLabel = "CRITERION",
            description =
                    "Prune groups that cannot be sketched by this criterion, one that looks at no data (default: leave"
                            + " them alone).")
    @Nullable
    String selectOthers;

    @Mixin
    GroupOptions groups;

    @Mixin
    InputShapeOption inputShape;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Sketch(this).run();
    }
}
