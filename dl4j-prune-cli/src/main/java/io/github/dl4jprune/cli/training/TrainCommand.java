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

/** {@code train MODEL --config C --data DATA --out F ...}. */
@Command(
        name = "train",
        description = {
            "Train a network on and prune it while it trains, as a configuration file says.",
            "The result has full width and zeros in it (method prune-and-shrink: is smaller); shrink removes the zeros."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Option(names = "--config", paramLabel = "C", required = true, description = "Configuration, YAML or JSON.")
    Path config;

    @Option(names = "--data", paramLabel = "DATA", required = true, description = "Labelled images; their train split.")
    String data;

    @Option(names = "--out", paramLabel = "F", required = true, description = "Model file to write.")
    Path out;

    @Mixin
    CheckpointOptions checkpoints;

    @Option(
            names = "--live",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "0",
            description = "Serve a page on this machine that follows the training (default port: any that is free).")
    @Nullable
    Integer live;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Train(this).run();
    }
}
