package io.github.dl4jprune.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.console.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    @Test
    void a_build_tells_on_standard_error_what_it_is_at() throws Exception {
        Path home = pretendedCheckout("""
                echo "[INFO] Scanning for projects..."
                echo "[INFO] Downloaded from central: https://example.org/a.jar (1 kB at 1 kB/s)"
                echo "[INFO] Building dl4j-prune-core 1.0 [1/2]"
                echo "[INFO] Building dl4j-prune-cli 1.0 [2/2]"
                for option in "$@"; do
                    case "$option" in
                        -Dlauncher.classpath=*) printf '%s' "$CLASS_PATH" >"${option#*=}" ;;
                    esac
                done
                """);

        Process first = startPretended(home);
        String[] told = texts(first);
        String[] again = texts(startPretended(home));

        assertThat(first.exitValue()).isZero();
        assertThat(told[0]).startsWith("dl4j-prune ").hasLineCount(1);
        assertThat(told[1]).isEqualTo("""
                dl4j-prune: building (first use, or sources changed; the first build downloads libraries) ...
                dl4j-prune: [1/2] dl4j-prune-core
                dl4j-prune: [2/2] dl4j-prune-cli
                """);
        assertThat(again).containsExactly(told[0], "");
    }

    @Test
    void a_build_that_fails_shows_the_errors_alone() throws Exception {
        Path home = pretendedCheckout("""
                echo "[INFO] Building dl4j-prune-core 1.0 [1/2]"
                echo "[ERROR] Main.java:[1,1] ';' expected"
                exit 1
                """);

        Process build = startPretended(home);
        String[] told = texts(build);

        assertThat(build.exitValue()).isEqualTo(70);
        assertThat(told[0]).isEmpty();
        assertThat(told[1]).endsWith("""
                dl4j-prune: [1/2] dl4j-prune-core
                [ERROR] Main.java:[1,1] ';' expected
                dl4j-prune: the build failed
                """);
    }

    /** The script in a folder of its own, beside a pretended Maven. */
    private Path pretendedCheckout(String maven) throws IOException {
        Path home = Files.createDirectories(folder.resolve("checkout"));
        Files.createDirectories(home.resolve("dl4j-prune-cli/target/classes"));
        Files.createDirectories(home.resolve("dl4j-prune-cli/src/main"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.copy(ROOT.resolve("dl4j-prune"), home.resolve("dl4j-prune"), StandardCopyOption.COPY_ATTRIBUTES);
        Path pretended = Files.writeString(home.resolve("mvn"), "#!/bin/sh\n" + maven);
        assertThat(pretended.toFile().setExecutable(true)).isTrue();
        return home;
    }

    private Process startPretended(Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("dl4j-prune").toString(), "--version");
        builder.environment().merge("PATH", home.toString(), (path, first) -> first + ":" + path);
        builder.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
        return builder.directory(folder.toFile()).start();
    }

    /** Standard output and standard error. */
    private static String[] texts(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new String[] {out, err};
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
