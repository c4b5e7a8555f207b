package io.github.dl4jprune.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class LiveServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Recording recording = new Recording();
    private LiveServer server;

    @BeforeEach
    void a_server() throws IOException {
        server = new LiveServer(0, recording::snapshot);
    }

    @AfterEach
    void no_server() {
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.address().resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode data() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(send(request("/data")).body());
    }

    /** The status line of a request with this Host header, which java.net.http does not let a test choose. */
    private String statusFor(String host) throws IOException {
        try (Socket socket =
                new Socket(server.address().getHost(), server.address().getPort())) {
            String request = "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII)
                    .lines()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8, <title>Pruning",
        "/style.css, text/css; charset=utf-8, --accent",
        "/live.css, text/css; charset=utf-8, .status",
        "/chart.js, text/javascript; charset=utf-8, Chart.js",
        "/live.js, text/javascript; charset=utf-8, fetch('data'",
        "/data, application/json, version"
    })
    void everything_that_the_page_needs_is_served(String path, String type, String content)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request(path));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(answer.body()).contains(content);
    }

    @Test
    void the_page_names_no_other_host() throws IOException, InterruptedException {
        HttpResponse<String> page = send(request("/"));

        assertThat(page.body()).doesNotContain("http:", "https:", "src=\"//", "href=\"//");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "/data/", "/../live.html", "/%2e%2e/live.js", "/live.html"})
    void nothing_else_is_found(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path)));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("there is nothing at this path\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD"})
    void only_get_is_answered(String method) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request("/data").method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080"})
    void requests_to_this_machine_by_name_are_answered(String host) throws IOException {
        assertThat(statusFor("Host: " + host + "\r\n")).isEqualTo("HTTP/1.1 200 OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "::1", "", "10.0.0.1"})
    void requests_that_name_another_host_are_refused(String host) throws IOException {
        assertThat(statusFor("Host: " + host + "\r\n")).isEqualTo("HTTP/1.1 403 Forbidden");
    }

    @Test
    void requests_that_name_no_host_are_refused() throws IOException {
        assertThat(statusFor("")).isEqualTo("HTTP/1.1 403 Forbidden");
    }

    @Test
    void data_that_has_not_changed_is_not_sent_again() throws IOException, InterruptedException {
        String tag = send(request("/data")).headers().firstValue("ETag").orElseThrow();

        assertThat(send(request("/data").header("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
        recording.accuracy(0.5);
        assertThat(send(request("/data").header("If-None-Match", tag)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void data_are_what_was_recorded() throws IOException, InterruptedException {
        recording.iterationDone(SmallRun.network());
        recording.accuracy(0.5);

        JsonNode data = data();

        assertThat(data.get("iteration").asInt()).isEqualTo(1);
        assertThat(data.get("accuracies").toString()).isEqualTo("[[1.0,0.5]]");
        assertThat(data.get("pruning").isNull()).isTrue();
    }

    @Test
    void only_the_loopback_address_listens() throws IOException {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        Assumptions.assumeFalse(others.isEmpty(), "this machine has no address but loopback");

        assertThat(InetAddress.getByName(server.address().getHost()).isLoopbackAddress())
                .isTrue();
        for (InetAddress other : others) {
            try (Socket socket = new Socket()) {
                InetSocketAddress address =
                        new InetSocketAddress(other, server.address().getPort());
                assertThatThrownBy(() -> socket.connect(address, 1000)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void a_port_that_is_taken_is_named() {
        int port = server.address().getPort();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new LiveServer(port, recording::snapshot))
                .withMessage("port " + port + " must be free for the live view, got: Address already in use");
    }

    @Test
    void after_closing_nothing_listens_and_no_thread_is_left() throws InterruptedException {
        server.close();

        assertThatThrownBy(() -> send(request("/"))).isInstanceOf(ConnectException.class);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("dl4j-prune-live")) {
                thread.join(5000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void no_thread_keeps_java_running() throws IOException, InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        try (LiveServer another = new LiveServer(0, recording::snapshot)) {
            send(HttpRequest.newBuilder(another.address()));
            Set<Thread> now = Thread.getAllStackTraces().keySet();
            now.removeAll(before);

            assertThat(now)
                    .extracting(Thread::getName)
                    .contains("dl4j-prune-live")
                    .anyMatch(name -> name.startsWith("HTTP-Dispatcher"));
            assertThat(now).allMatch(Thread::isDaemon);
        }
    }
}
