package io.github.dl4jprune.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dl4jprune.report.PageAssets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The fixed files of the page, by path. */
final class Assets {
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private final Map<String, Asset> byPath = Map.of(
            "/", new Asset("text/html; charset=utf-8", own("live.html")),
            "/style.css", new Asset(CSS, PageAssets.style().getBytes(UTF_8)),
            "/live.css", new Asset(CSS, own("live.css")),
            "/chart.js", new Asset(SCRIPT, PageAssets.chartJs().getBytes(UTF_8)),
            "/live.js", new Asset(SCRIPT, own("live.js")));

    /** A file and its media type. */
    record Asset(String type, byte[] content) {}

    Optional<Asset> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    private static byte[] own(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource \"" + name + "\" is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
