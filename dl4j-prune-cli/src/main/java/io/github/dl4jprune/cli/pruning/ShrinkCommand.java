package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.cli.input.InputShapeOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shrink MODEL --out F}. */
@Command(
        name = "shrink",
        description =
                "Remove the channels that are zero in a trained network, such as train leaves them, and prove that"
                        + " the rest computes the same.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ShrinkCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Option(names = "--out", paramLabel = "F", required = true, description = "Model file to write.")
    Path out;

    @Mixin
    InputShapeOption inputShape;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Shrink(this).run();
    }
}
