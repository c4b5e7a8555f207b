package io.github.dl4jprune.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that appears whole or not at all: written beside its place under a hidden name that ends in {@code .tmp}, forced
 * to the disk, then moved over the old file in one step. A killed run leaves the old file untouched; what it leaves
 * beside it is cleared by the next that writes the same file.
 */
public final class OutputFile {
    private static final int MOST_LINKS = 40; // as Linux has it

    private OutputFile() {}

    /** What to write. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes everything; the stream is closed by the caller.
         *
         * @param out buffered
         * @throws IOException if the stream fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Makes sure, before any work is done, that a file can be written: its folder exists and takes a new file, and what is
     * there already is an ordinary file that may be replaced.
     *
     * @param file the place of the output
     * @throws IllegalArgumentException if it cannot be written, with the reason
     */
    public static void checkWritable(Path file) {
        target(file);
    }

    /**
     * Writes a file whole or not at all.
     *
     * @param file the place of the output; an ordinary file there is replaced, a symbolic link is followed
     * @param content what to write
     * @throws IllegalArgumentException if it cannot be written, with the reason; nothing is left behind
     */
    public static void write(Path file, Content content) {
        Path target = target(file);
        try {
            TemporaryFile.write(target, content);
        } catch (IOException e) {
            throw unwritable(file, reason(e));
        }
    }

    /** The place itself, behind all links, in a folder that takes files. */
    private static Path target(Path file) {
        Path place = behindLinks(file);
        if (Files.isDirectory(place)) {
            throw unwritable(file, "it is a directory");
        }
        if (Files.exists(place) && !(Files.isRegularFile(place) && Files.isWritable(place))) {
            throw unwritable(file, "it exists and is not an ordinary file that may be replaced");
        }
        Path folder = place.getParent();
        if (folder == null) {
            throw unwritable(file, "it is not a file name");
        }
        if (!Files.isDirectory(folder)) {
            throw unwritable(file, "its folder \"" + folder + "\" does not exist");
        }
        try {
            Path target = folder.toRealPath().resolve(place.getFileName());
            TemporaryFile.probe(target);
            return target;
        } catch (IOException e) {
            throw unwritable(file, "its folder \"" + folder + "\" takes no new file: " + reason(e));
        }
    }

    /** What a link leads to, there or not. */
    private static Path behindLinks(Path file) {
        Path place = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(place); links++) {
            if (links == MOST_LINKS) {
                throw unwritable(file, "it is a link that leads to more than " + MOST_LINKS + " others");
            }
            try {
                place = place.resolveSibling(Files.readSymbolicLink(place));
            } catch (IOException e) {
                throw unwritable(file, reason(e));
            }
        }
        return place;
    }

    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e.getClass() == IOException.class ? message : e.getClass().getSimpleName() + ": " + message;
    }

    private static IllegalArgumentException unwritable(Path file, String reason) {
        return new IllegalArgumentException("cannot write \"" + file + "\": " + reason);
    }
}
