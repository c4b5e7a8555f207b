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

/** {@code finetune MODEL --data DATA --epochs N --out F ...}. */
@Command(
        name = "finetune",
        description = "Train a network on, such as after pruning, with SGD and Nesterov momentum.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class FinetuneCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Option(names = "--data", paramLabel = "DATA", required = true, description = "Labelled images; their train split.")
    String data;

    @Option(names = "--epochs", paramLabel = "N", required = true, description = "Passes over the training images.")
    int epochs;

    @Option(names = "--out", paramLabel = "F", required = true, description = "Model file to write.")
    Path out;

    @Option(names = "--examples", paramLabel = "N", description = "Only the first N training examples.")
    @Nullable
    Integer examples;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "128", description = "Default: ${DEFAULT-VALUE}.")
    int batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            defaultValue = "0.01",
            description = "At the first iteration (default: ${DEFAULT-VALUE}).")
    double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "constant|cosine",
            defaultValue = "cosine",
            description = "Of the learning rate (default: ${DEFAULT-VALUE}).")
    String schedule;

    @Option(names = "--momentum", paramLabel = "R", defaultValue = "0.9", description = "Default: ${DEFAULT-VALUE}.")
    double momentum;

    @Option(
            names = "--weight-decay",
            paramLabel = "R",
            defaultValue = "0.0005",
            description = "L2 coefficient of weights (default: ${DEFAULT-VALUE}).")
    double weightDecay;

    @Option(
            names = "--dropout",
            paramLabel = "R",
            description = "Share of inputs that layers with dropout drop from now on; 0: none (default: as in MODEL).")
    @Nullable
    Double dropout;

    @Option(
            names = "--keep-zeros",
            description = "Keep every parameter at 0 that is 0 in MODEL, as train leaves pruned weights.")
    boolean keepZeros;

    @Option(
            names = "--augment",
            paramLabel = "none|crop-flip",
            defaultValue = "none",
            description = "Random crops and flips of the training images (default: ${DEFAULT-VALUE}).")
    String augment;

    @Option(
            names = "--recalibrate-bn",
            paramLabel = "BATCHES",
            defaultValue = "0",
            description = "Re-estimate batch-norm statistics from BATCHES batches afterwards (default: not).")
    int recalibrateBn;

    @Option(names = "--teacher", paramLabel = "MODEL", description = "Model file to distil from.")
    @Nullable
    Path teacher;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of order and augmentation (default: ${DEFAULT-VALUE}).")
    long seed;

    @Mixin
    CheckpointOptions checkpoints;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Finetune(this).run();
    }
}
