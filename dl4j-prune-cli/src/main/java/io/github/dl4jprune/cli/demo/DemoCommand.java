package io.github.dl4jprune.cli.demo;

import io.github.dl4jprune.cli.console.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo [--data DATA]}. */
@Command(
        name = "demo",
        description =
                "The main job end to end: half of the channels of a trained network go, what is left is trained on.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "embedded",
            description =
                    "embedded (with a small VGG, minutes) or cifar10:DIR (with a VGG-16; default: ${DEFAULT-VALUE}).")
    String data;

    @Option(names = "--epochs", paramLabel = "N", description = "Of fine-tuning (default: 3; cifar10: 1).")
    @Nullable
    Integer epochs;

    @Option(names = "--examples", paramLabel = "N", description = "Only the first N images of each split.")
    @Nullable
    Integer examples;

    @Option(names = "--out", paramLabel = "F", description = "Keep the small network in this model file.")
    @Nullable
    Path out;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Demo(this).run();
    }
}
