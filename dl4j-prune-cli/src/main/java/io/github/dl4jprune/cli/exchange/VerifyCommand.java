package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.console.Output;
import io.github.dl4jprune.cli.input.EvaluatedImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code verify MODEL OTHER --data DATA [--examples N]}. */
@Command(
        name = "verify",
        description =
                "Compare outputs and accuracy of two models; exit code 1 if outputs differ by more than 1e-4 of the"
                        + " largest.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file (.zip or .onnx).")
    Path model;

    @Parameters(index = "1", paramLabel = "OTHER", description = "What is compared with it (.zip or .onnx).")
    Path other;

    @Mixin
    EvaluatedImages images;

    @Mixin
    Output output;

    @Override
    public Integer call() throws IOException {
        return new Verify(this).run();
    }
}
