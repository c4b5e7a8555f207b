package io.github.dl4jprune.live;

import io.github.dl4jprune.listeners.PruningListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A page in the browser that follows training and pruning while they run: loss, accuracy, sparsity asked and reached over
 * time and by layer, and filters that came back.
 *
 * <pre>{@code
 * try (LiveView view = LiveView.on(0, pruning)) {
 *     network.addListeners(view.listener());
 *     network.fit(train, 10);
 * }
 * }</pre>
 *
 * <p><b>Who sees it.</b> Browsers on this machine: the server listens on the loopback address, refuses requests that name
 * another host, and only answers GET. It loads nothing from elsewhere.
 *
 * <p><b>What it costs.</b> An iteration adds a few numbers to a list; no array is touched and nothing is sent unless a page is
 * open, which asks once a second. Each curve keeps at most 2,000 points: when they are taken, neighbours become one (the mean
 * of losses and accuracies), so that memory does not grow. Training results do not depend on whether there is a view.
 *
 * <p>Thread-safe. Its threads do not keep Java running: a page without {@link #close} ends with the program.
 */
public final class LiveView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);
    private static final int PORTS = 1 << 16;

    private final Recording recording = new Recording();
    private final TrainingListener listener = new LiveListener(recording);
    private final LiveServer server;

    private LiveView(int port) throws IOException {
        server = new LiveServer(port, recording::snapshot);
    }

    /**
     * Opens a view and logs its address.
     *
     * @param port in [0, 65535]; 0: any that is free
     * @throws IllegalArgumentException if the port is out of range
     * @throws UncheckedIOException if the port is taken
     */
    public static LiveView on(int port) {
        if (port < 0 || port >= PORTS) {
            throw new IllegalArgumentException("port must be in [0, " + (PORTS - 1) + "], got " + port);
        }
        try {
            LiveView view = new LiveView(port);
            LOG.info("live view at {}", view.address());
            return view;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a view of a pruning listener, as {@link #on(int)} and {@link #watch} do.
     *
     * @param port in [0, 65535]; 0: any that is free
     * @param pruning attached to the network already, or about to be
     */
    public static LiveView on(int port, PruningListener pruning) {
        LiveView view = on(port);
        view.watch(pruning);
        return view;
    }

    /** Shows this pruning listener, in place of any before; without one the page shows loss and accuracy alone. */
    public void watch(PruningListener pruning) {
        recording.watch(pruning);
    }

    /** What to add to the network, behind the pruning listener: {@code network.addListeners(view.listener())}. */
    public TrainingListener listener() {
        return listener;
    }

    /**
     * Adds a point to the curve of accuracy, where training stands now.
     *
     * @param value in [0, 1], on whatever data the caller chose
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public void accuracy(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("accuracy must be in [0, 1], got " + value);
        }
        recording.accuracy(value);
    }

    /** Where the page is, such as {@code http://127.0.0.1:41231/}. */
    public URI address() {
        return server.address();
    }

    /** Stops serving the page; one that is open keeps what it showed last. The listener may stay where it is. */
    @Override
    public void close() {
        server.close();
    }
}
