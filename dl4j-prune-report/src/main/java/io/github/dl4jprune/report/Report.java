package io.github.dl4jprune.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a set of commands did, as one HTML page that needs nothing else: no network, no other file. It holds what
 * was measured and nothing of when: the same results make the same bytes.
 */
public final class Report {
    private final List<Result> results;

    private Report(List<Result> results) {
        this.results = results;
    }

    /**
     * Reads results.
     *
     * @param sources files that commands wrote with {@code --json}, and folders: of these every {@code *.json} with a
     *     {@code command} down to three levels, the results of sweeps and the folders of sensitivity scans
     * @throws IllegalArgumentException if a file is damaged or not a result, or a folder holds none
     * @throws IOException if something cannot be read
     */
    public static Report of(List<Path> sources) throws IOException {
        return new Report(ResultFiles.read(sources));
    }

    /** How many results it holds. */
    public int results() {
        return results.size();
    }

    /**
     * The page.
     *
     * @throws IllegalArgumentException if a result lacks a key, by file and key
     */
    public String html() {
        List<Section> sections = new ArrayList<>();
        sections.add(SummarySection.of(results));
        sections.add(LayersSection.of(results));
        sections.add(TrainingSection.of(results));
        sections.add(SensitivitySection.of(results));
        sections.add(ParetoSection.of(results));
        sections.add(LatencySection.of(results));
        sections.add(CompressionSection.of(results));
        sections.add(PinnedSection.of(results));
        sections.add(NormSection.of(results));
        sections.add(CommandsSection.of(results));
        sections.removeIf(section -> section.parts().isEmpty());
        return new Page(sections).html();
    }
}
