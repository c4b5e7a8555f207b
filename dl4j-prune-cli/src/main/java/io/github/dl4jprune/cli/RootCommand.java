package io.github.dl4jprune.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is said before a command: help and version only. */
@Command(
        name = "dl4j-prune",
        description = "Structural pruning for Deeplearning4j: smaller networks that provably compute the same.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ImportCommand.class,
            EvaluateCommand.class,
            FinetuneCommand.class,
            BenchCommand.class,
        },
        footer = {
            "",
            "DATA is embedded, cifar10:DIR, mnist:DIR or images:DIR. Model files are DL4J zips.",
            "Exit codes: 0 done, 1 a verification failed, 2 bad input, 70 a bug in dl4j-prune."
        })
final class RootCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "a command must be named, one of " + String.join(", ", names(spec)));
    }

    private static Iterable<String> names(CommandSpec spec) {
        return spec.subcommands().keySet();
    }
}
