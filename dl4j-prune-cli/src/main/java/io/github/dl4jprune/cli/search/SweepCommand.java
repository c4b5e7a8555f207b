package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.cli.console.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sweep MODEL --config C --data DATA --out DIR}. */
@Command(
        name = "sweep",
        description = {
            "Train candidates whose settings vary, and compare accuracy on the validation images with what is left of the"
                    + " network. A sweep that was cut short goes on where it stopped.",
            "DIR gets candidate-N.json for each, results.json with the Pareto front, and pareto.png."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class SweepCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file that every candidate starts from.")
    Path model;

    @Option(
            names = "--config",
            paramLabel = "C",
            required = true,
            description = "Configuration, YAML or JSON, with the keys train, space, search, candidates, maxMacs.")
    Path config;

    @Option(names = "--data", paramLabel = "DATA", required = true, description = "Labelled images; their train split.")
    String data;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder of the results.")
    Path out;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new SweepRun(this).run();
    }
}
