package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.cli.console.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sensitivity MODEL --data DATA --out DIR ...}. */
@Command(
        name = "sensitivity",
        description = {
            "Prune one group (or the weights of one layer) at a time, without training, and measure what is left on the"
                    + " validation images. A run that was cut short goes on where it stopped.",
            "DIR gets sensitivity.csv, sensitivity.png and norms.json; with --macs or --accuracy-loss also ratios.json"
                    + " for prune --ratios."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class SensitivityCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            required = true,
            description =
                    "Labelled images; their validation split. Criteria that look at data look at the train split.")
    String data;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the results.")
    Path out;

    @Option(
            names = "--sparsities",
            paramLabel = "S,...",
            split = ",",
            defaultValue = "0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9",
            description = "Default: ${DEFAULT-VALUE}.")
    List<Double> sparsities;

    @Option(
            names = "--criterion",
            paramLabel = "NAME",
            defaultValue = "l1",
            description = "Which channels go first, as for prune (default: ${DEFAULT-VALUE}).")
    String criterion;

    @Option(names = "--examples", paramLabel = "N", description = "Only the first N validation examples.")
    @Nullable
    Integer examples;

    @Option(
            names = "--granularity",
            paramLabel = "filter|weight",
            defaultValue = "filter",
            description =
                    "Whole channels, group by group, or the smallest weights of a layer (default: ${DEFAULT-VALUE}).")
    String granularity;

    @Option(
            names = "--macs",
            paramLabel = "FRACTION",
            description = "Choose sparsities that leave this part of the multiply-adds at the least loss.")
    @Nullable
    Double macs;

    @Option(
            names = "--accuracy-loss",
            paramLabel = "FRACTION",
            description = "Choose sparsities whose single losses of accuracy add up to at most this, such as 0.05.")
    @Nullable
    Double accuracyLoss;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new SensitivityRun(this).run();
    }
}
