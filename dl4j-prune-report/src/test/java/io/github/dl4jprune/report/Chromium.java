package io.github.dl4jprune.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Debian's chromium without a window, or whatever the system property {@code dl4jprune.chromium} names. */
public final class Chromium {
    private static final long SECONDS = 120;
    private final Path program;
    private final Path scratch;

    private Chromium(Path program, Path scratch) {
        this.program = program;
        this.scratch = scratch;
    }

    /** What a page came to: its elements after the scripts ran, and what it said on the console. */
    public record Opened(String dom, List<String> console) {}

    /** Skips the test where there is no browser. */
    public static Chromium orSkip(Path scratch) {
        Optional<Path> found = find();
        if (found.isEmpty()) {
            Assumptions.abort("no chromium on the PATH: the page is not opened in a browser (Debian: apt-get install"
                    + " chromium; elsewhere: -Ddl4jprune.chromium=PROGRAM)");
        }
        return new Chromium(found.orElseThrow(), scratch);
    }

    private static Optional<Path> find() {
        String named = System.getProperty("dl4jprune.chromium", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a file. */
    public Opened open(Path page, String... options) throws IOException, InterruptedException {
        return open(page.toUri(), options);
    }

    /** Opens an address. */
    public Opened open(URI page, String... options) throws IOException, InterruptedException {
        Path out = Files.createTempFile(scratch, "dom", ".html");
        Path err = Files.createTempFile(scratch, "log", ".txt");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--user-data-dir=" + Files.createTempDirectory(scratch, "user"),
                "--enable-logging=stderr",
                "--v=0",
                "--dump-dom"));
        command.addAll(List.of(options));
        command.add(page.toString());
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("chromium must end within " + SECONDS + " seconds");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (Stream<String> lines = new String(Files.readAllBytes(err), UTF_8).lines()) {
            List<String> console =
                    lines.filter(line -> line.contains("CONSOLE")).toList();
            return new Opened(Files.readString(out), console);
        }
    }
}
