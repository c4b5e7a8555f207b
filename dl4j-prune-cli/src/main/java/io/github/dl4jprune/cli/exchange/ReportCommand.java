package io.github.dl4jprune.cli.exchange;

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

/** {@code report DIR|JSON ... --out F.html}. */
@Command(
        name = "report",
        description = {
            "Put what other commands wrote with --json onto one HTML page with charts. The page needs no network and no"
                    + " other file.",
            "Of a folder: every JSON file with a \"command\", down to three levels, results.json of sweep and the"
                    + " folder of sensitivity."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR|JSON", arity = "1..*", description = "Results: files, or folders of them.")
    List<Path> sources;

    @Option(names = "--out", paramLabel = "F", required = true, description = "The page.")
    Path out;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "The network before pruning: adds pictures of what one layer sees (with --layer and --data).")
    @Nullable
    Path model;

    @Option(names = "--layer", paramLabel = "NAME", description = "Whose channels are shown: a convolution.")
    @Nullable
    String layer;

    @Option(names = "--data", paramLabel = "DATA", description = "Where the image comes from: its test split.")
    @Nullable
    String data;

    @Option(
            names = "--image",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which image, counted from 1 (default: ${DEFAULT-VALUE}).")
    int image;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new WrittenReport(this).run();
    }
}
