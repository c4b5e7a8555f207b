package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.cli.input.EvaluatedImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate MODEL --data DATA [--split S] [--examples N] [--against OTHER]}. */
@Command(
        name = "evaluate",
        description = "Measure accuracy and loss on labelled images.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Option(
            names = "--against",
            paramLabel = "OTHER",
            description = "Evaluate OTHER too, such as the model before pruning, and say how much accuracy MODEL lost"
                    + " on the same images, with a 95 %% interval.")
    @Nullable
    Path against;

    @Mixin
    EvaluatedImages images;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Evaluate(this).run();
    }
}
