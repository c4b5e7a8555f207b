package io.github.dl4jprune.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dl4jprune.report.Report;
import io.github.dl4jprune.storage.OutputFile;
import java.io.IOException;
import java.util.Map;

/** Reads results and writes the page. */
final class WrittenReport {
    private final ReportCommand asked;

    WrittenReport(ReportCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        OutputFile.checkWritable(asked.out);
        asked.output.check();
        Report report = Report.of(asked.sources);
        byte[] page = report.html().getBytes(UTF_8);
        OutputFile.write(asked.out, out -> out.write(page));
        asked.output.finish(
                "%d results, written to %s".formatted(report.results(), asked.out),
                Map.of("results", report.results(), "bytes", page.length));
        return 0;
    }
}
