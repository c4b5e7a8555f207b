package io.github.dl4jprune.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders and what lies in them, with errors in one line. */
final class Folders {
    private Folders() {}

    /** The folder itself, if there is one. */
    static Path existing(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataSourceException("data folder %s: %s"
                    .formatted(folder, Files.exists(folder) ? "is a file, not a folder" : "does not exist"));
        }
        return folder;
    }

    /** Everything in a folder whose name does not begin with a dot, sorted by name. */
    static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(existing(folder))) {
            return entries.filter(entry -> !name(entry).startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The last part of a path. */
    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** The error for a file or folder that the system refuses to read. */
    static DataSourceException unreadable(Path path, IOException cause) {
        return new DataSourceException("%s: cannot be read (%s)".formatted(path, reason(cause)), cause);
    }

    /** The number of an array's elements, if an array can hold that many. */
    static int arrayLength(Path folder, long examples, ImageShape shape) {
        long bytes = examples * shape.bytes();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new DataSourceException("%s: %d images of %s need %d bytes, at most %d can be held in memory"
                    .formatted(folder, examples, shape, bytes, Integer.MAX_VALUE - 8));
        }
        return (int) bytes;
    }

    /** The records of a split, of which there must be one at least. */
    static Split.Range range(Path folder, Split split, long records) {
        Split.Range range = split.of(records);
        if (range.length() == 0) {
            throw new DataSourceException(
                    "%s: split %s is empty, there are only %d records to split".formatted(folder, split, records));
        }
        return range;
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        String kind = cause.getClass().getSimpleName();
        return message == null
                ? kind
                : kind + ": " + message.lines().findFirst().orElse(kind);
    }
}
