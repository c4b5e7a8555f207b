package io.github.dl4jprune.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Properties;

/** The fixed parts of the page: its template, style and scripts. */
final class Resources {
    /** What Maven puts into the jar: which version it is, and so where its files lie. */
    private static final String CHART_JS = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    private Resources() {}

    /** A file beside this class. */
    static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource \"" + name + "\" is missing from the class path");
            }
            return new String(in.readAllBytes(), UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Chart.js under its licence, and what draws the charts of this page with it. */
    static String script() {
        return chartJs() + text("report.js");
    }

    /** Chart.js under its licence. */
    static String chartJs() {
        String folder = "/META-INF/resources/webjars/chart.js/" + chartJsVersion();
        String licence = text(folder + "/LICENSE.md").replace("*/", "* /");
        // browsers would look for the map beside the page
        String library = text(folder + "/dist/chart.umd.min.js").replaceAll("(?m)^//# sourceMappingURL=.*$", "");
        return "/*\n" + licence.strip() + "\n*/\n" + library.strip() + "\n";
    }

    private static String chartJsVersion() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(CHART_JS)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /** What a content security policy calls a text by: the base64 of its SHA-256. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
