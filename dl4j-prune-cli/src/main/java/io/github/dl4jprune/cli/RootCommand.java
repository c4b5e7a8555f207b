package io.github.dl4jprune.cli;

import io.github.dl4jprune.cli.compression.CompressCommand;
import io.github.dl4jprune.cli.compression.DecompressCommand;
import io.github.dl4jprune.cli.console.Version;
import io.github.dl4jprune.cli.demo.DemoCommand;
import io.github.dl4jprune.cli.exchange.BenchCommand;
import io.github.dl4jprune.cli.exchange.ExportCommand;
import io.github.dl4jprune.cli.exchange.ImportCommand;
import io.github.dl4jprune.cli.exchange.ReportCommand;
import io.github.dl4jprune.cli.exchange.VerifyCommand;
import io.github.dl4jprune.cli.pruning.InspectCommand;
import io.github.dl4jprune.cli.pruning.PruneCommand;
import io.github.dl4jprune.cli.pruning.ShrinkCommand;
import io.github.dl4jprune.cli.pruning.SketchCommand;
import io.github.dl4jprune.cli.pruning.StripCommand;
import io.github.dl4jprune.cli.search.SensitivityCommand;
import io.github.dl4jprune.cli.search.SweepCommand;
import io.github.dl4jprune.cli.training.EvaluateCommand;
import io.github.dl4jprune.cli.training.FinetuneCommand;
import io.github.dl4jprune.cli.training.TrainCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
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
        footer = {
            "",
            "DATA is embedded, cifar10:DIR, mnist:DIR or images:DIR. Model files are DL4J zips (verify and bench: or .onnx).",
            "Exit codes: 0 done, 1 a verification failed, 2 bad input, 70 a bug in dl4j-prune."
        })
final class RootCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand::new);
        commands.put("import", ImportCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("prune", PruneCommand::new);
        commands.put("sketch", SketchCommand::new);
        commands.put("evaluate", EvaluateCommand::new);
        commands.put("finetune", FinetuneCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("train", TrainCommand::new);
        commands.put("shrink", ShrinkCommand::new);
        commands.put("strip", StripCommand::new);
        commands.put("sweep", SweepCommand::new);
        commands.put("sensitivity", SensitivityCommand::new);
        commands.put("export", ExportCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("compress", CompressCommand::new);
        commands.put("decompress", DecompressCommand::new);
        commands.put("report", ReportCommand::new);
        return commands;
    }

    /** The command line with the command that the arguments name, or with all: reading annotations takes time. */
    static CommandLine forArguments(String... arguments) {
        Map<String, Supplier<Object>> commands = commands();
        if (arguments.length > 0) {
            String first = arguments[0];
            if (commands.containsKey(first)) {
                commands.keySet().retainAll(Set.of(first));
            }
        }
        CommandLine line = new CommandLine(new RootCommand());
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        return line;
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "a command must be named, one of "
                        + String.join(", ", commands().keySet()));
    }
}
