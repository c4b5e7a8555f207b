package io.github.dl4jprune.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.console.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the command line; it builds what is tested here once more, for itself. */
@Tag("slow")
class LauncherTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("");

    @TempDir
    private Path folder;

    @Test
    void it_works_through_a_link_from_a_folder_with_spaces_and_other_letters() throws Exception {
        Path here = Files.createDirectories(folder.resolve("some folder, größer"));
        Path link = Files.createSymbolicLink(here.resolve("prune it"), ROOT.resolve("dl4j-prune"));
        Samples.model(here.resolve("a model.zip"));

        Process inspect = start(here, link.toString(), "inspect", "a model.zip", "--json", "größe.json");

        assertThat(output(inspect)).contains("15,612 MACs");
        assertThat(inspect.waitFor()).isZero();
        assertThat(here.resolve("größe.json")).exists();
    }

    @Test
    void two_first_uses_at_once_do_not_disturb_each_other() throws Exception {
        Files.deleteIfExists(ROOT.resolve("dl4j-prune-cli/target/launcher/current"));

        List<Process> both = List.of(start(folder, script(), "--version"), start(folder, script(), "--version"));

        for (Process each : both) {
            assertThat(output(each)).contains("dl4j-prune " + Version.text());
            assertThat(each.waitFor()).isZero();
        }
    }

    @Test
    void help_answers_within_half_a_second() throws Exception {
        output(start(folder, script(), "--version")); // builds if it must

        long best = Long.MAX_VALUE;
        for (int i : IntStream.range(0, 5).toArray()) {
            long start = System.nanoTime();
            Process help = start(folder, script(), "prune", "--help");
            assertThat(output(help)).as("run " + i).startsWith("Usage: dl4j-prune prune");
            best = Math.min(best, System.nanoTime() - start);
        }

        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void errors_are_one_line_and_exit_code_2() throws Exception {
        Process bench = start(folder, script(), "bench", "none.zip");

        String output = output(bench);

        assertThat(bench.waitFor()).isEqualTo(2);
        assertThat(output).endsWith("dl4j-prune: model file \"none.zip\" does not exist\n");
    }

    private static String script() {
        return ROOT.resolve("dl4j-prune").toString();
    }

    private static Process start(Path folder, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("MAVEN_OPTS");
        return builder.directory(folder.toFile()).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return output;
    }
}
