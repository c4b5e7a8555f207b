package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.cli.input.EvaluatedImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code evaluate MODEL --data DATA [--split S] [--examples N]}. */
@Command(
        name = "evaluate",
        description = "Measure accuracy and loss on labelled images.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Mixin
    EvaluatedImages images;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Evaluate(this).run();
    }
}
