package io.github.dl4jprune.cli.console;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far long work is, with an estimate of what is left, on standard error: a bar on a terminal, elsewhere a line now and
 * then, and nothing for work of a few seconds.
 */
public final class Progress implements AutoCloseable {
    /** Set by the launcher: whether standard error is a terminal. */
    static final String TERMINAL_PROPERTY = "dl4jprune.terminal";

    private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(10).toNanos();
    private final String task;
    private final long steps;
    private final long start = System.nanoTime();
    private final @Nullable ProgressBar bar;
    private long done;
    private long lastLine = start;

    /** Work of so many steps, none of them done. */
    public Progress(String task, long steps) {
        this.task = task;
        this.steps = steps;
        this.bar = Boolean.getBoolean(TERMINAL_PROPERTY) ? bar(task, steps) : null;
    }

    private static ProgressBar bar(String task, long steps) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(500)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    /** One more step is done. */
    public void step() {
        done++;
        if (bar != null) {
            bar.step();
        } else if (System.nanoTime() - lastLine > NANOS_BETWEEN_LINES) {
            lastLine = System.nanoTime();
            System.err.println(line(task, done, steps, Duration.ofNanos(lastLine - start)));
        }
    }

    static String line(String task, long done, long steps, Duration elapsed) {
        long left = elapsed.toSeconds() * (steps - done) / Math.max(1, done);
        return String.format(
                Locale.ROOT,
                "%s: %d of %d (%d %%), about %d:%02d min left",
                task,
                done,
                steps,
                100 * done / steps,
                left / 60,
                left % 60);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
