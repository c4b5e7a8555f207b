package io.github.dl4jprune.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.report.Chromium.Opened;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser; skipped where there is none. */
class BrowserTest {
    // 3 of layers, 3 of training, 1 of fine-tuning, 1 of sensitivity, 1 of norms, 1 of a sweep, 2 of times, 2 of
    // compression
    private static final int CHARTS = 14;

    /** Counts the colours of every chart, and says whether something is wider than the window. */
    private static final String PROBE = """
            <script>
            document.querySelectorAll('canvas').forEach((canvas) => {
              const pixels = new Uint32Array(
                canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
              canvas.dataset.colors = new Set(pixels).size;
            });
            document.body.dataset.overflow = document.documentElement.scrollWidth - innerWidth;
            </script></body>""";

    @TempDir
    private Path folder;

    private Chromium browser;
    private Path page;

    @BeforeEach
    void a_browser_and_a_page() throws IOException {
        browser = Chromium.orSkip(folder);
        page = page("conv1");
    }

    private Path page(String layer) throws IOException {
        String html = Report.of(List.of(Written.all(folder.resolve("results"), layer)))
                .html();
        return Files.writeString(folder.resolve("report.html"), html);
    }

    /** The page without its policy, which forbids scripts that are not its own. */
    private Path probed() throws IOException {
        String html = Files.readString(page)
                .replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                .replace("</body>", PROBE);
        return Files.writeString(folder.resolve("probed.html"), html);
    }

    private static int count(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        int found = 0;
        while (matcher.find()) {
            found++;
        }
        return found;
    }

    @Test
    void it_opens_without_a_word_on_the_console() throws IOException, InterruptedException {
        Opened opened = browser.open(page);

        assertThat(opened.console()).isEmpty();
        assertThat(count("<canvas[^>]* data-drawn=\"yes\"", opened.dom())).isEqualTo(CHARTS);
    }

    @Test
    void every_chart_has_content() throws IOException, InterruptedException {
        Opened opened = browser.open(probed(), "--window-size=1200,900");

        Matcher colors = Pattern.compile("data-colors=\"(\\d+)\"").matcher(opened.dom());
        assertThat(colors.results().map(found -> Integer.parseInt(found.group(1))))
                .hasSize(CHARTS)
                .allMatch(found -> found > 10);
    }

    @Test
    void nothing_is_wider_than_a_phone() throws IOException, InterruptedException {
        Opened opened = browser.open(probed(), "--window-size=390,844");

        assertThat(opened.dom()).contains("data-overflow=\"0\"");
    }

    @Test
    void names_that_look_like_html_do_nothing() throws IOException, InterruptedException {
        page = page("</script><script>document.title='broken'</script><img src=x onerror=document.title='broken'>");

        Opened opened = browser.open(page);

        assertThat(opened.console()).isEmpty();
        assertThat(opened.dom()).contains("<title>Pruning report</title>").doesNotContain("<img");
        assertThat(count("<canvas[^>]* data-drawn=\"yes\"", opened.dom())).isEqualTo(CHARTS);
    }

    @Test
    void it_is_light_or_dark_as_asked() throws IOException, InterruptedException {
        assertThat(brightness("light.png", "1")).isGreaterThan(0.9);
        assertThat(brightness("dark.png", "0")).isLessThan(0.15);
    }

    /** Of the page's corner, between 0 and 1. */
    private double brightness(String name, String scheme) throws IOException, InterruptedException {
        Path picture = folder.resolve(name);
        browser.open(
                page,
                "--window-size=800,600",
                "--blink-settings=preferredColorScheme=" + scheme,
                "--screenshot=" + picture);
        BufferedImage image = ImageIO.read(picture.toFile());
        int rgb = image.getRGB(2, 2);
        return ((rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 765.0;
    }
}
