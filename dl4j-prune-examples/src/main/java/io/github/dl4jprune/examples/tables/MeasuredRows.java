package io.github.dl4jprune.examples.tables;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What was measured, a line {@code setting,seed,value,...} each in a CSV file. A row that is in the file is not measured
 * again; a last line without its end, left by a killed run, is dropped.
 */
final class MeasuredRows {
    private final Path file;
    private final Map<String, Map<Long, double[]>> rows = new LinkedHashMap<>();

    /**
     * Opens a file, or begins it.
     *
     * @param file the CSV file
     * @param header its first line
     * @throws IllegalArgumentException if the file begins with another line: it belongs to another experiment
     */
    MeasuredRows(Path file, String header) {
        this.file = file;
        try {
            String text = Files.exists(file) ? Files.readString(file) : header + "\n";
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            String[] lines = whole.split("\n");
            if (!lines[0].equals(header)) {
                throw new IllegalArgumentException(
                        file + ": the first line must be \"" + header + "\", got \"" + lines[0] + "\"");
            }
            Arrays.stream(lines).skip(1).forEach(this::read);
            Files.writeString(file, whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        String[] cells = line.split(",");
        double[] values =
                Arrays.stream(cells).skip(2).mapToDouble(Double::parseDouble).toArray();
        keep(cells[0], Long.parseLong(cells[1]), values);
    }

    private void keep(String setting, long seed, double... values) {
        rows.computeIfAbsent(setting, name -> new TreeMap<>()).put(seed, values);
    }

    /** Measures a row and writes it down, unless it is there. */
    double[] row(String setting, long seed, Supplier<double[]> measurement) {
        double[] known = rows.getOrDefault(setting, Map.of()).get(seed);
        if (known != null) {
            return known;
        }
        double[] values = measurement.get();
        String cells = Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(","));
        try {
            Files.writeString(file, setting + "," + seed + "," + cells + "\n", UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keep(setting, seed, values);
        return values;
    }

    /** Settings in the order in which they were first measured, each with its rows by seed. */
    Map<String, Map<Long, double[]>> all() {
        return rows;
    }
}
