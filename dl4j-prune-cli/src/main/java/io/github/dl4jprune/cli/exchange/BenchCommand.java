package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.cli.input.InputShapeOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench MODEL [OTHER ...] [--batch N]}. */
@Command(
        name = "bench",
        description =
                "Time inference of one or more models side by side: interleaved runs, medians, ratio to the first.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Model files (.zip, .onnx).")
    List<Path> models;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Examples a run (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "21",
            description = "Timed runs of each model (default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the random input.")
    long seed;

    @Mixin
    InputShapeOption inputShape;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Bench(this).run();
    }
}
