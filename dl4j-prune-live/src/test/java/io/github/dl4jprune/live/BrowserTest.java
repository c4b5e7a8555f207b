package io.github.dl4jprune.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.dl4jprune.listeners.DynamicPruningListener;
import io.github.dl4jprune.listeners.SoftPruningListener;
import io.github.dl4jprune.report.Chromium;
import io.github.dl4jprune.report.Chromium.Opened;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, against real training; skipped where there is no browser. */
class BrowserTest {
    /** Of the page's clock, which the browser lets run ahead: as many questions for data. */
    private static final String SECONDS = "--virtual-time-budget=8000";

    /** The page in a frame as narrow as a phone, for no window is, and by how much something in it is wider. */
    private static final String PHONE = """
            <body><iframe src="/" width="390" height="2000"></iframe>
            <script>
            setInterval(() => {
              const page = document.querySelector('iframe').contentDocument;
              page.querySelector('details').open = true;
              document.body.dataset.overflow = page.documentElement.scrollWidth - 390;
              document.body.dataset.rows = page.querySelectorAll('tbody tr').length;
            }, 100);
            </script>""";

    @TempDir
    private Path folder;

    private Chromium browser;
    private final MultiLayerNetwork network = SmallRun.network();

    @BeforeEach
    void a_browser() {
        browser = Chromium.orSkip(folder);
    }

    private static int number(String pattern, String dom) {
        Matcher found = Pattern.compile(pattern).matcher(dom);
        assertThat(found.find()).as(pattern).isTrue();
        return Integer.parseInt(found.group(1).replace(",", ""));
    }

    private static int iterations(Opened opened) {
        return number("id=\"tile-iteration\".*?class=\"figures after\">([\\d,]+)<", opened.dom());
    }

    private static boolean drawn(String chart, Opened opened) {
        return Pattern.compile("<canvas id=\"chart-" + chart + "\"[^>]* data-drawn=\"yes\"")
                .matcher(opened.dom())
                .find();
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f&nbsp;%%", 100 * fraction);
    }

    @Test
    void the_page_moves_while_training_runs() throws IOException, InterruptedException {
        SoftPruningListener soft = SmallRun.soft();
        soft.attach(network);
        AtomicBoolean enough = new AtomicBoolean();
        try (LiveView view = LiveView.on(0, soft)) {
            network.addListeners(view.listener());
            CompletableFuture<Void> training = CompletableFuture.runAsync(() -> {
                while (!enough.get()) {
                    network.fit(SmallRun.data());
                }
            });

            Opened opened = browser.open(view.address(), SECONDS);
            enough.set(true);
            training.join();

            assertThat(opened.console()).isEmpty();
            assertThat(number("data-updates=\"(\\d+)\"", opened.dom())).isGreaterThan(1);
            assertThat(iterations(opened)).isBetween(2, network.getIterationCount());
            assertThat(opened.dom()).contains("class=\"status running\"");
        }
    }

    @Test
    void what_was_trained_is_on_the_page() throws IOException, InterruptedException {
        SoftPruningListener soft = SmallRun.soft();
        soft.attach(network);
        try (LiveView view = LiveView.on(0, soft)) {
            network.addListeners(view.listener());
            network.fit(SmallRun.data(), 8);
            view.accuracy(0.625);

            Opened opened = browser.open(view.address(), SECONDS);

            assertThat(opened.console()).isEmpty();
            assertThat(iterations(opened)).isEqualTo(8 * SmallRun.BATCHES);
            assertThat(number("id=\"tile-returned\".*?class=\"figures after\">([\\d,]+)<", opened.dom()))
                    .isEqualTo((int) soft.returned());
            assertThat(opened.dom())
                    .contains(
                            ">epoch 8<",
                            ">62.5&nbsp;%<",
                            ">at iteration 32<",
                            ">" + percent(soft.sparsity()) + "<",
                            ">of channels; asked " + percent(soft.sparsity()) + "<",
                            "<td class=\"words\">first</td><td class=\"figures\">8</td><td class=\"figures\">2</td>"
                                    + "<td class=\"figures\">25.0&nbsp;%</td><td class=\"figures\">25.0&nbsp;%</td>",
                            "<td class=\"words\">second</td><td class=\"figures\">6</td><td class=\"figures\">3</td>");
            assertThat(new String[] {"loss", "accuracy", "sparsity", "returned", "layers"})
                    .allMatch(chart -> drawn(chart, opened));
        }
    }

    @Test
    void hard_pruning_of_weights_has_no_filters_that_come_back() throws IOException, InterruptedException {
        DynamicPruningListener dynamic = SmallRun.dynamic();
        dynamic.attach(network);
        try (LiveView view = LiveView.on(0, dynamic)) {
            network.addListeners(view.listener());
            network.fit(SmallRun.data(), 2);

            Opened opened = browser.open(view.address(), SECONDS);

            assertThat(opened.console()).isEmpty();
            assertThat(opened.dom())
                    .contains(
                            "id=\"tile-returned\" hidden",
                            "id=\"figure-returned\" hidden",
                            "id=\"figure-accuracy\" hidden",
                            "<td class=\"words\">first_W</td><td class=\"figures\">144</td>");
            assertThat(drawn("sparsity", opened)).isTrue();
            assertThat(drawn("returned", opened)).isFalse();
        }
    }

    @Test
    void without_a_pruning_listener_the_page_says_so() throws IOException, InterruptedException {
        try (LiveView view = LiveView.on(0)) {
            Opened opened = browser.open(view.address(), SECONDS);

            assertThat(opened.console()).isEmpty();
            assertThat(opened.dom())
                    .contains("waiting for the first iteration", "id=\"pruning\" hidden", "id=\"unwatched\">");
        }
    }

    @Test
    void layers_whose_names_look_like_html_do_nothing() throws IOException, InterruptedException {
        String name = "<img src=x onerror=document.title='broken'>";
        Snapshot snapshot = new Snapshot(
                1,
                3,
                0,
                Double.NaN,
                new Snapshot.Pruning("channels", 0.5, 0.5, false, 0),
                List.of(new LayerState(name, 4, 0.5, 0.5, 0)),
                new double[][] {{1, 2}, {2, Double.NaN}, {3, Double.POSITIVE_INFINITY}},
                new double[][] {{0, 0.5, 0.5, 0}},
                new double[0][]);
        try (LiveServer server = new LiveServer(0, () -> snapshot)) {
            Opened opened = browser.open(server.address(), SECONDS);

            assertThat(opened.console()).isEmpty();
            assertThat(opened.dom())
                    .contains("<title>Pruning, live</title>", "<td class=\"words\">&lt;img src=x")
                    .doesNotContain("<img");
            assertThat(drawn("loss", opened)).isTrue();
        }
    }

    @Test
    void when_the_view_is_closed_the_page_keeps_what_it_saw_and_says_so() throws IOException, InterruptedException {
        Recording recording = new Recording();
        recording.iterationDone(network);
        AtomicInteger asked = new AtomicInteger();
        CompletableFuture<LiveServer> itself = new CompletableFuture<>();
        LiveServer server = new LiveServer(0, () -> {
            if (asked.incrementAndGet() == 3) {
                itself.join().close();
            }
            return recording.snapshot();
        });
        itself.complete(server);

        Opened opened = browser.open(server.address(), SECONDS);

        assertThat(opened.dom()).contains("class=\"status lost\"", "no answer: the view is closed");
        assertThat(iterations(opened)).isEqualTo(1);
    }

    @Test
    void nothing_is_wider_than_a_phone() throws IOException, InterruptedException {
        SoftPruningListener soft = SmallRun.soft();
        soft.attach(network);
        try (LiveView view = LiveView.on(0, soft)) {
            network.addListeners(view.listener());
            network.fit(SmallRun.data(), 3);
            view.accuracy(0.625);

            HttpServer framed = framed(view);
            Opened opened = browser.open(
                    URI.create("http://127.0.0.1:" + framed.getAddress().getPort() + "/phone"), SECONDS);
            framed.stop(0);

            assertThat(opened.dom()).contains("data-overflow=\"0\"", "data-rows=\"2\"");
        }
    }

    /** Hands on what the view serves without its policy, which forbids frames. */
    private static HttpServer framed(LiveView view) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange;
                    InputStream in = view.address()
                            .resolve(exchange.getRequestURI().getPath())
                            .toURL()
                            .openStream()) {
                answer(exchange, in.readAllBytes());
            }
        });
        server.createContext("/phone", exchange -> answer(exchange, PHONE.getBytes(UTF_8)));
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void it_is_light_or_dark_as_asked() throws IOException, InterruptedException {
        try (LiveView view = LiveView.on(0)) {
            assertThat(brightness(view, "light.png", "1")).isGreaterThan(0.9);
            assertThat(brightness(view, "dark.png", "0")).isLessThan(0.15);
        }
    }

    /** Of the page's corner, between 0 and 1. */
    private double brightness(LiveView view, String name, String scheme) throws IOException, InterruptedException {
        Path picture = folder.resolve(name);
        browser.open(
                view.address(),
                SECONDS,
                "--window-size=800,600",
                "--blink-settings=preferredColorScheme=" + scheme,
                "--screenshot=" + picture);
        BufferedImage image = ImageIO.read(picture.toFile());
        int rgb = image.getRGB(2, 2);
        return ((rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 765.0;
    }
}
