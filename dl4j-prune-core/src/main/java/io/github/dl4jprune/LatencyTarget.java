package io.github.dl4jprune;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A budget of measured time: the part of the dense network's inference time that may be left, on the backend that is loaded.
 *
 * @param fraction of the time, in (0, 1]
 * @param batch examples a pass, at least 1
 * @param cache folder that keeps measured layer times; empty: {@code $DL4J_PRUNE_CACHE} or {@code ~/.cache/dl4j-prune}
 * @param rounds interleaved runs of each network when the result is checked, at least 1
 * @param progress told after each layer width that was timed
 */
public record LatencyTarget(double fraction, int batch, Optional<Path> cache, int rounds, Progress progress) {
    private static final int ROUNDS = 31;

    /** Is told how far measuring is. */
    @FunctionalInterface
    public interface Progress {
        /** So many layer widths have been asked for, of so many at most. */
        void points(int measured, int atMost);

        /** So many of so many measurements have been made again, for times that can be relied on. */
        default void repeated(int done, int all) {}
    }

    /** Checks ranges. */
    public LatencyTarget {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException("budget latency must be in (0, 1], got " + fraction);
        }
        require("latency batch", batch);
        require("latency rounds", rounds);
    }

    private static void require(String subject, int value) {
        if (!(value >= 1)) {
            throw new IllegalArgumentException(subject + " must be at least 1, got " + value);
        }
    }

    /** At most that part of the time, one example a pass, layer times kept in the usual folder. */
    public static LatencyTarget of(double fraction) {
        return new LatencyTarget(fraction, 1, Optional.empty(), ROUNDS, (measured, atMost) -> {});
    }

    /** With so many examples a pass. */
    public LatencyTarget withBatch(int examples) {
        return new LatencyTarget(fraction, examples, cache, rounds, progress);
    }

    /** With layer times kept in that folder. */
    public LatencyTarget withCache(Path folder) {
        return new LatencyTarget(fraction, batch, Optional.of(folder), rounds, progress);
    }

    /** With so many interleaved runs when the result is checked. */
    public LatencyTarget withRounds(int runs) {
        return new LatencyTarget(fraction, batch, cache, runs, progress);
    }

    /** With someone who is told after each measured point. */
    public LatencyTarget withProgress(Progress measured) {
        return new LatencyTarget(fraction, batch, cache, rounds, measured);
    }
}
