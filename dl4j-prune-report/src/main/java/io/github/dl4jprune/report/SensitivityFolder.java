package io.github.dl4jprune.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.nd4j.shade.jackson.databind.node.ArrayNode;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The folder that a sensitivity scan writes, finished or not, read as if it were the command's JSON. */
final class SensitivityFolder {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    /** Key of a scan that has not come to its end. */
    static final String UNFINISHED = "unfinished";

    private SensitivityFolder() {}

    static boolean is(Path path) {
        return Files.isRegularFile(csv(path));
    }

    static Result read(Path folder) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("points", points(csv(folder)));
        Path settings = folder.resolve("settings.json");
        if (Files.exists(settings)) {
            json.set("base", ResultFiles.parse(settings));
        }
        Path norms = folder.resolve("norms.json");
        if (Files.exists(norms)) {
            json.set("norms", ResultFiles.parse(norms));
        } else {
            json.put(UNFINISHED, true); // norms are what a scan writes last
        }
        return new Result(folder, "sensitivity", new Fields(folder, "", json));
    }

    private static Path csv(Path folder) {
        return folder.resolve("sensitivity.csv");
    }

    private static ArrayNode points(Path csv) throws IOException {
        ArrayNode points = JsonNodeFactory.instance.arrayNode();
        try (CSVParser rows = CSVParser.parse(Files.newBufferedReader(csv), FORMAT)) {
            for (CSVRecord row : rows) {
                ObjectNode point = points.addObject();
                point.put("group", text(csv, row, "group"));
                point.put("layer", text(csv, row, "layer"));
                point.put("sparsity", number(csv, row, "sparsity"));
                point.put("loss", number(csv, row, "loss"));
                point.put("accuracy", number(csv, row, "accuracy"));
            }
        }
        return points;
    }

    private static double number(Path csv, CSVRecord row, String column) {
        String text = text(csv, row, column);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "file \"%s\", line %d: %s must be a number, got \"%s\""
                            .formatted(csv, row.getRecordNumber() + 1, column, text),
                    e);
        }
    }

    private static String text(Path csv, CSVRecord row, String column) {
        if (!row.isMapped(column) || !row.isSet(column)) {
            throw new IllegalArgumentException(
                    "file \"%s\", line %d: column %s is missing".formatted(csv, row.getRecordNumber() + 1, column));
        }
        return row.get(column);
    }
}
