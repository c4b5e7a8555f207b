package io.github.dl4jprune.cost;

import java.util.Arrays;
import java.util.List;

/**
 * Times contenders in turn, each once a round, so that whatever else the machine does hits all of them alike; the first
 * of a round changes from round to round. Before that each runs for a second, at least five times.
 *
 * @param rounds timed runs of each
 */
public record InterleavedTiming(int rounds) {
    private static final int WARM_UP_RUNS = 5;
    private static final long WARM_UP_NANOS = 1_000_000_000L;

    /**
     * The median time of each.
     *
     * @param runDone told of every timed run
     * @return milliseconds, in the order of the contenders
     */
    public double[] medianMillis(List<Runnable> contenders, Runnable runDone) {
        return Arrays.stream(nanos(contenders, runDone))
                .mapToDouble(InterleavedTiming::median)
                .toArray();
    }

    private long[][] nanos(List<Runnable> contenders, Runnable runDone) {
        contenders.forEach(InterleavedTiming::warmUp);
        long[][] nanos = new long[contenders.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                int contender = (turn + round) % contenders.size();
                long start = System.nanoTime();
                contenders.get(contender).run();
                nanos[contender][round] = System.nanoTime() - start;
                runDone.run();
            }
        }
        return nanos;
    }

    private static void warmUp(Runnable contender) {
        long start = System.nanoTime();
        for (int run = 0; run < WARM_UP_RUNS || System.nanoTime() - start < WARM_UP_NANOS; run++) {
            contender.run();
        }
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2.0;
        return median / 1e6;
    }
}
