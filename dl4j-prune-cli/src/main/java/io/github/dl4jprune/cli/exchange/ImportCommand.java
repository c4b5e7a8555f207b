package io.github.dl4jprune.cli.exchange;

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

/** {@code import FILE --out F [--architecture NAME]}. */
@Command(
        name = "import",
        description = "Turn trained weights of another framework into a DL4J model file.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Arrays (.npz, with --architecture) or a Keras model (.h5).")
    Path file;

    @Option(names = "--out", paramLabel = "F", required = true, description = "Model file to write.")
    Path out;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            description =
                    "Network that the arrays belong to: resnet20 32 44 56 110, resnet8, vgg16, densenet40, dwsep, lenet5.")
    @Nullable
    String architecture;

    @Mixin
    InputShapeOption inputShape;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Import(this).run();
    }
}
