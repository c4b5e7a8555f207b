package io.github.dl4jprune.report;

import io.github.dl4jprune.report.Block.Code;
import io.github.dl4jprune.report.Block.Note;
import io.github.dl4jprune.report.Section.Part;
import java.util.ArrayList;
import java.util.List;

/** The commands that made the results, defaults included, and their versions. */
final class CommandsSection {
    private CommandsSection() {}

    static Section of(List<Result> results) {
        List<Part> parts = new ArrayList<>();
        for (Result result : results) {
            String version = result.fields().text("version", "");
            Block command = result.arguments()
                    .<Block>map(given -> new Code(CommandText.of(result.command(), given)))
                    .orElse(new Note("Read from a folder, which does not say how it was made."));
            parts.add(new Part(
                    result.file().getFileName() + (version.isEmpty() ? "" : ", version " + version), List.of(command)));
        }
        return new Section("commands", "Commands", "What was run, with every default written out.", parts);
    }
}
