package io.github.dl4jprune.cli.training;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Options of runs that can be cut short: how often they are kept, and where one goes on. */
@Command
final class CheckpointOptions {
    @Option(
            names = "--resume",
            paramLabel = "CHECKPOINT",
            description = "Go on from a checkpoint of a run that was told the same, on the same data.")
    @Nullable
    Path resume;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            defaultValue = "0",
            description = "Write a checkpoint beside the result every N iterations (default: none).")
    int every;

    /** Refuses a number of iterations below 0. */
    void check() {
        if (every < 0) {
            throw new IllegalArgumentException("--checkpoint-every must be at least 0, got " + every);
        }
    }
}
