package io.github.dl4jprune.cli.search;

import io.github.dl4jprune.cli.console.JsonFile;
import io.github.dl4jprune.cli.input.TextFile;
import io.github.dl4jprune.search.Quality;
import io.github.dl4jprune.search.SensitivityPoint;
import io.github.dl4jprune.search.SensitivitySubject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * A scan's results on disk: {@code sensitivity.csv} grows by one line a point, so that a killed run loses at most the
 * point it was at; {@code settings.json} says what the numbers are of.
 */
final class SensitivityFile {
    static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader("group", "layer", "sparsity", "loss", "accuracy")
            .setSkipHeaderRecord(true)
            .setRecordSeparator("\n")
            .get();

    private final Path csv;
    private final Path settingsFile;
    private final Map<String, Object> settings;
    private @Nullable Quality base;
    private final Map<String, SensitivityPoint> known = new HashMap<>();

    private SensitivityFile(Path folder, Map<String, Object> settings) {
        this.csv = folder.resolve("sensitivity.csv");
        this.settingsFile = folder.resolve("settings.json");
        this.settings = settings;
    }

    /**
     * Opens a folder's results, or starts new ones.
     *
     * @throws IllegalArgumentException if the folder holds results under other settings
     */
    static SensitivityFile open(Path folder, SensitivitySettings asked) throws IOException {
        Files.createDirectories(folder);
        SensitivityFile file = new SensitivityFile(folder, new LinkedHashMap<>(asked.values()));
        if (Files.exists(file.settingsFile)) {
            file.resume(asked, file.before());
        } else if (Files.exists(file.csv)) {
            throw new IllegalArgumentException("folder \"" + folder
                    + "\" has a sensitivity.csv without settings.json: name another --out or remove it");
        }
        return file;
    }

    private JsonNode before() throws IOException {
        try {
            return JsonFile.read(text(settingsFile));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "file \"" + settingsFile + "\" must be JSON, got a damaged one: name another --out or remove it",
                    e);
        }
    }

    private static String text(Path file) throws IOException {
        return TextFile.read("file \"" + file + "\"", file);
    }

    private void resume(SensitivitySettings asked, JsonNode before) throws IOException {
        asked.values().forEach((key, value) -> {
            if (!before.hasNonNull(key)) {
                throw new IllegalArgumentException("file \"" + settingsFile + "\" must say the scan's " + key
                        + ", got nothing: name another --out or remove it");
            }
            String old = before.path(key).asText();
            if (!old.equals(value)) {
                throw new IllegalArgumentException("folder \"%s\" holds a scan with %s %s, got %s: name another --out"
                        .formatted(csv.toAbsolutePath().getParent(), key, old, value));
            }
        });
        base = new Quality(measured(before, "loss"), measured(before, "accuracy"));
        if (!Files.exists(csv)) {
            Files.writeString(csv, String.join(",", FORMAT.getHeader()) + "\n");
        }
        dropHalfLine();
        String header = String.join(",", FORMAT.getHeader());
        String text = text(csv);
        if (text.isEmpty()) {
            Files.writeString(csv, header + "\n");
        } else if (!text.lines().findFirst().orElse("").equals(header)) {
            throw new IllegalArgumentException("file \"" + csv + "\" must begin with the line " + header);
        }
        read();
    }

    private double measured(JsonNode before, String key) {
        try {
            return Double.parseDouble(before.path(key).asText());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "file \"%s\": %s of the whole network must be a number, got %s: name another --out"
                            .formatted(settingsFile, key, before.path(key)),
                    e);
        }
    }

    /** A killed run may have left half a line. */
    private void dropHalfLine() throws IOException {
        String text = text(csv);
        int end = text.lastIndexOf('\n') + 1;
        if (end < text.length()) {
            Files.writeString(csv, text.substring(0, end));
        }
    }

    private void read() throws IOException {
        try (CSVParser parser = CSVParser.parse(csv, StandardCharsets.UTF_8, FORMAT)) {
            for (CSVRecord line : parser) {
                if (!line.isConsistent()) {
                    throw new IllegalArgumentException("file \"%s\", line %d: must have %d values, got %d"
                            .formatted(csv, line.getRecordNumber() + 1, FORMAT.getHeader().length, line.size()));
                }
                SensitivityPoint point = new SensitivityPoint(
                        new SensitivitySubject(line.get("group"), line.get("layer")),
                        number(line, "sparsity"),
                        new Quality(number(line, "loss"), number(line, "accuracy")));
                known.put(key(point.subject(), point.sparsity()), point);
            }
        }
    }

    private double number(CSVRecord line, String column) {
        try {
            return Double.parseDouble(line.get(column));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "file \"%s\", line %d: %s must be a number, got \"%s\""
                            .formatted(csv, line.getRecordNumber() + 1, column, line.get(column)),
                    e);
        }
    }

    /** Quality of the whole network: of the run before, or measured now. */
    Quality base(Supplier<Quality> measure) throws IOException {
        Quality found = base;
        if (found == null) {
            found = measure.get();
            settings.put("loss", found.loss());
            settings.put("accuracy", found.accuracy());
            JsonFile.write(settingsFile, settings);
            Files.writeString(csv, String.join(",", FORMAT.getHeader()) + "\n");
            base = found;
        }
        return found;
    }

    /** A point: of the run before, or measured now and written down. */
    SensitivityPoint point(SensitivitySubject subject, double sparsity, Supplier<SensitivityPoint> measure)
            throws IOException {
        SensitivityPoint old = known.get(key(subject, sparsity));
        if (old != null) {
            return old;
        }
        SensitivityPoint point = measure.get();
        String line = FORMAT.format(
                subject.group(),
                subject.layer(),
                sparsity,
                point.quality().loss(),
                point.quality().accuracy());
        Files.writeString(csv, line + "\n", StandardOpenOption.APPEND);
        return point;
    }

    private static String key(SensitivitySubject subject, double sparsity) {
        return subject.group() + "\n" + subject.layer() + "\n" + sparsity;
    }
}
