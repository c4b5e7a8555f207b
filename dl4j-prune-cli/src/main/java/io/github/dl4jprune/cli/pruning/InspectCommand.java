package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.cli.input.InputShapeOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code inspect MODEL}. */
@Command(
        name = "inspect",
        description = "Show a model's layers, what they cost, which channels go together and which cannot go.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Mixin
    InputShapeOption inputShape;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Inspect(this).run();
    }
}
