package io.github.dl4jprune.cli.training;

import io.github.dl4jprune.cli.console.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(names = "--data", paramLabel = "DATA", required = true, description = "Labelled images.")
    String data;

    @Option(
            names = "--split",
            paramLabel = "train|validation|test",
            defaultValue = "test",
            description = "Part of the data (default: ${DEFAULT-VALUE}).")
    String split;

    @Option(names = "--examples", paramLabel = "N", description = "Only the first N examples of the split.")
    @Nullable
    Integer examples;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "128",
            description = "Examples at a time; does not change the result (default: ${DEFAULT-VALUE}).")
    int batch;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Evaluate(this).run();
    }
}
