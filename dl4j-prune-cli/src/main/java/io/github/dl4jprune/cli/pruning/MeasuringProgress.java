package io.github.dl4jprune.cli.pruning;

import io.github.dl4jprune.LatencyTarget;
import java.time.Duration;

/** Says on standard error, every ten seconds, how many points of layers have been timed. */
final class MeasuringProgress implements LatencyTarget.Progress {
    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(10).toNanos();
    private long lastLine = System.nanoTime();

    @Override
    public void points(int measured, int atMost) {
        say("latency: " + measured + " layer widths timed, " + atMost + " at most");
    }

    @Override
    public void repeated(int done, int all) {
        say("latency: " + done + " of " + all + " measurements made again");
    }

    private void say(String line) {
        if (System.nanoTime() - lastLine > NANOS_BETWEEN_LINES) {
            lastLine = System.nanoTime();
            System.err.println(line);
        }
    }
}
