package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.storage.ModelFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strip MODEL --out F}. */
@Command(
        name = "strip",
        description = "Copy a model without any trace of dl4j-prune: without the entries of its own in the zip, and"
                + " without a travelling mask in the configuration. All else stays byte for byte.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class StripCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Option(names = "--out", paramLabel = "F", required = true, description = "Model file to write.")
    Path out;

    @Mixin
    Output output;

    @Override
    public Integer call() {
        ModelFile.checkWritable(out);
        output.check();
        ModelFile.strip(model, out);
        output.finish("written to " + out, Map.of());
        return 0;
    }
}
