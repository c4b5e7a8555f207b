package io.github.dl4jprune.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** By how much this process grew at most between two moments, on Linux, looked at without a pause by a thread. */
final class Growth extends Thread {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int SETTLING = 1000;

    private final boolean live;
    private final long before;
    private long peak;
    private volatile boolean running = true;
    private int samples;

    /**
     * Takes the state to start from.
     *
     * @param live whether to collect garbage before each look and to add what lives on the heap
     */
    Growth(boolean live) throws InterruptedException {
        this.live = live;
        System.gc();
        Thread.sleep(SETTLING);
        before = size();
        peak = before;
    }

    @Override
    public void run() {
        while (running) {
            peak = Math.max(peak, size());
            samples++;
        }
    }

    /** Ends the thread and waits for it; the largest growth in bytes. */
    long end() throws InterruptedException {
        running = false;
        join();
        return peak - before;
    }

    /** What is left of the growth now. */
    long remaining() {
        return size() - before;
    }

    int samples() {
        return samples;
    }

    private long size() {
        if (!live) {
            return resident();
        }
        System.gc();
        return resident()
                + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long resident() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
