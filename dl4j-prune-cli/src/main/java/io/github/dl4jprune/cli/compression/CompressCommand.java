package io.github.dl4jprune.cli.compression;

import io.github.dl4jprune.cli.console.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compress MODEL --out F ...}. */
@Command(
        name = "compress",
        description = "Cluster a model's weights to shared values and write them Huffman-coded: Deep Compression.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class CompressCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file.")
    Path model;

    @Option(names = "--out", paramLabel = "F", required = true, description = "Compressed file to write.")
    Path out;

    @Option(
            names = "--config",
            paramLabel = "C",
            description = "YAML or JSON; the keys prune and retrain train, and need --data.")
    @Nullable
    Path config;

    @Option(names = "--data", paramLabel = "DATA", description = "Labelled images to retrain with; their train split.")
    @Nullable
    String data;

    @Option(
            names = "--conv-bits",
            paramLabel = "N",
            defaultValue = "8",
            description = "Bits of a code in convolutions, 1 to 12 (default: ${DEFAULT-VALUE}).")
    int convBits;

    @Option(
            names = "--dense-bits",
            paramLabel = "N",
            defaultValue = "5",
            description = "Bits of a code in other layers, 1 to 12 (default: ${DEFAULT-VALUE}).")
    int denseBits;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Compress(this).run();
    }
}
