package io.github.dl4jprune.cli.pruning;

import java.time.Duration;

/** Says on standard error, every ten seconds, how many points of layers have been timed. */
final class MeasuringProgress {
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(10).toNanos();
    private long lastLine = System.nanoTime();

    void points(int measured, int atMost) {
        if (System.nanoTime() - lastLine > NANOS_BETWEEN_LINES) {
            lastLine = System.nanoTime();
            System.err.println("latency: " + measured + " layer widths timed, " + atMost + " at most");
        }
    }
}
