package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.cli.input.InputShapeOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export MODEL --out F.onnx [--opset N] [--fold-bn] [--with-normalisation]}. */
@Command(
        name = "export",
        description = "Write a model as ONNX, for runtimes that know nothing of DL4J.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Model file (.zip).")
    Path model;

    @Option(names = "--out", paramLabel = "F", required = true, description = "File to write (.onnx).")
    Path out;

    @Option(
            names = "--opset",
            paramLabel = "N",
            defaultValue = "15",
            description = "Version of the operators, 13 to 21 (default: ${DEFAULT-VALUE}).")
    int opset;

    @Option(
            names = "--fold-bn",
            description = "Make batch normalisations part of the convolution or dense layer before them.")
    boolean foldBn;

    @Option(
            names = "--with-normalisation",
            description = "Make the normaliser (of images without one: x / 255) part of the model, which then takes raw"
                    + " pixels.")
    boolean withNormalisation;

    @Option(
            names = "--data-type",
            paramLabel = "float|double",
            defaultValue = "",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Type of the numbers (default: that of the model).")
    String dataType;

    @Mixin
    InputShapeOption inputShape;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Export(this).run();
    }
}
