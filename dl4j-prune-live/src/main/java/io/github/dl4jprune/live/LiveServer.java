package io.github.dl4jprune.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.dl4jprune.live.Assets.Asset;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The page and its data, for this machine alone: bound to the loopback address, and to requests that name it. A page of
 * another site whose name was made to point here (DNS rebinding) names that site, and is refused.
 */
final class LiveServer implements AutoCloseable {
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int THREADS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Assets assets = new Assets();
    private final Supplier<Snapshot> snapshots;
    private final String run = Long.toHexString(System.nanoTime());
    private final ExecutorService threads;
    private final HttpServer server;

    /**
     * Starts.
     *
     * @param port 0: any that is free
     * @throws IOException if the port cannot be had
     */
    LiveServer(int port, Supplier<Snapshot> snapshots) throws IOException {
        this.snapshots = snapshots;
        this.server = listening(port);
        server.createContext("/", this::answer);
        this.threads = Executors.newFixedThreadPool(THREADS, LiveServer::thread);
        server.setExecutor(threads);
        // the server's own thread inherits from the one that starts it that it keeps no JVM alive
        CompletableFuture.runAsync(server::start, threads).join();
    }

    private static HttpServer listening(int port) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (BindException e) {
            throw new IOException("port " + port + " must be free for the live view, got: " + e.getMessage(), e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dl4j-prune-live");
        thread.setDaemon(true);
        return thread;
    }

    URI address() {
        InetSocketAddress bound = server.getAddress();
        String host =
                bound.getAddress().getAddress().length == 4 ? bound.getAddress().getHostAddress() : "[::1]";
        return URI.create("http://" + host + ":" + bound.getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            secure(exchange.getResponseHeaders());
            String path = exchange.getRequestURI().getPath();
            Optional<Asset> asset = assets.at(path);
            if (!named(exchange.getRequestHeaders().getFirst("Host"))) {
                refuse(exchange, 403, "only requests to localhost are answered");
            } else if (asset.isEmpty() && !path.equals("/data")) {
                refuse(exchange, 404, "there is nothing at this path");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                refuse(exchange, 405, "only GET is answered");
            } else if (asset.isPresent()) {
                send(exchange, 200, asset.get());
            } else {
                data(exchange);
            }
        }
    }

    private static boolean named(@Nullable String host) {
        return host != null && OWN_NAMES.contains(host.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", ""));
    }

    private static void secure(Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cache-Control", "no-cache");
    }

    private void data(HttpExchange exchange) throws IOException {
        Snapshot now = snapshots.get();
        String tag = "\"" + run + "-" + now.version() + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
        } else {
            send(exchange, 200, new Asset("application/json", JSON.writeValueAsBytes(now)));
        }
    }

    private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        send(exchange, status, new Asset("text/plain; charset=utf-8", (reason + "\n").getBytes(UTF_8)));
    }

    private static void send(HttpExchange exchange, int status, Asset answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, answer.content().length);
        exchange.getResponseBody().write(answer.content());
    }
}
