package io.github.dl4jprune.cli.pruning;

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

/** {@code prune MODEL --criterion NAME --sparsity S --out F ...}. */
@Command(
        name = "prune",
        description =
                "Remove channels: choose them by a criterion, cut them out, prove that the rest computes the same.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class PruneCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Option(
            names = "--criterion",
            paramLabel = "NAME",
            required = true,
            description = "l1, l2, geometric-median, geometric-median-l1, geometric-median-cosine, bn-scale, random;"
                    + " with --data also taylor, mean-activation, apoz.")
    String criterion;

    @Option(names = "--out", paramLabel = "F", required = true, description = "Model file to write.")
    Path out;

    @Option(
            names = "--scope",
            paramLabel = "local|global",
            defaultValue = "local",
            description = "Channels compete within their group or over the network (default: ${DEFAULT-VALUE}).")
    String scope;

    @Option(
            names = "--latency",
            paramLabel = "FRACTION",
            description = "Budget: this part of the inference time, measured layer by layer on this machine.")
    @Nullable
    Double latency;

    @Option(
            names = "--latency-batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Examples a pass for --latency (default: ${DEFAULT-VALUE}).")
    int latencyBatch;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "Images for criteria that look at data, and the proof.")
    @Nullable
    String data;

    @Option(names = "--examples", paramLabel = "N", description = "Only the first N training examples.")
    @Nullable
    Integer examples;

    @Option(
            names = "--fold-constants",
            description = "Let biases and running means say what removed channels added as constants.")
    boolean foldConstants;

    @Option(
            names = "--reconstruct",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "2000",
            description =
                    "Fit the weights that read pruned layers anew, so that they put out what the original does, on the"
                            + " first N images of --data (default: ${FALLBACK-VALUE}).")
    @Nullable
    Integer reconstruct;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the criterion random (default: ${DEFAULT-VALUE}).")
    long seed;

    @Mixin
    GroupOptions groups;

    @Mixin
    InputShapeOption inputShape;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Prune(this).run();
    }
}
