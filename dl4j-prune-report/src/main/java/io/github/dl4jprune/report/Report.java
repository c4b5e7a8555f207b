package io.github.dl4jprune.report;

import io.github.dl4jprune.text.NearestName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a set of commands did, as one HTML page that needs nothing else: no network, no other file. It holds what
 * was measured and nothing of when: the same results make the same bytes.
 */
public final class Report {
    private final List<Result> results;
    private final @Nullable FeatureMaps features;

    private Report(List<Result> results, @Nullable FeatureMaps features) {
        this.results = results;
        this.features = features;
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
        return new Report(ResultFiles.read(sources), null);
    }

    /** The same with the pictures of one layer. */
    public Report with(FeatureMaps maps) {
        return new Report(results, maps);
    }

    /**
     * The channels of a layer that pruning kept, by the first result that says so.
     *
     * @throws IllegalArgumentException if none does; with the nearest layer that one tells of
     */
    public List<Integer> keptChannels(String layer) {
        Set<String> known = new LinkedHashSet<>();
        for (Result result : results) {
            List<Fields> groups =
                    result.fields().has("before") && result.fields().has("groups")
                            ? result.fields().objects("groups")
                            : List.of();
            for (Fields group :
                    groups.stream().filter(one -> one.has("keptChannels")).toList()) {
                Fields kept = group.object("keptChannels");
                if (kept.has(layer)) {
                    return kept.numbers(layer).stream().map(Double::intValue).toList();
                }
                known.addAll(kept.entries().keySet());
            }
        }
        throw new IllegalArgumentException("results must say which channels of layer \"" + layer + "\" were kept (prune"
                + " and shrink do), none does" + NearestName.hintOrList(layer, known));
    }

    /** The files that it is made of, and the folders of sensitivity scans. */
    public List<Path> files() {
        return results.stream().map(Result::file).toList();
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
        if (features != null) {
            sections.add(features.section());
        }
        sections.add(CommandsSection.of(results));
        sections.removeIf(section -> section.parts().isEmpty());
        return new Page(sections).html();
    }
}
