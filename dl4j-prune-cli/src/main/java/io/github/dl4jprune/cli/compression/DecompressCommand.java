package io.github.dl4jprune.cli.compression;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.compression.CompressedFile;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code decompress F --out MODEL}. */
@Command(
        name = "decompress",
        description = "Turn a compressed model back into one that plain DL4J opens.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class DecompressCommand implements Callable<Integer> {
    @Parameters(paramLabel = "F", description = "Compressed file.")
    Path file;

    @Option(names = "--out", paramLabel = "MODEL", required = true, description = "Model file to write.")
    Path out;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        ModelFile.checkWritable(out);
        output.check();
        var compressed = CompressedFile.read(file);
        ModelFile.write(out, compressed.restore(), UpdaterState.LEFT_OUT);
        output.finish(
                "written to " + out, Map.of("parameters", compressed.weights().length()));
        return 0;
    }
}
