package io.github.dl4jprune.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file that appears whole or not at all: written beside its place under a hidden name that ends in {@code .tmp}, forced
 * to the disk, then moved over the old file in one step. A killed run leaves the old file untouched.
 */
public final class OutputFile {
    private static final AtomicInteger COUNT = new AtomicInteger();

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
        if (Files.isDirectory(file)) {
            throw unwritable(file, "it is a directory");
        }
        if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isWritable(file))) {
            throw unwritable(file, "it exists and is not an ordinary file that may be replaced");
        }
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            throw unwritable(file, "its folder \"" + folder + "\" does not exist");
        }
        Path probe = temporary(file);
        try {
            Files.createFile(probe);
            Files.delete(probe);
        } catch (IOException e) {
            throw unwritable(file, "its folder \"" + folder + "\" takes no new file: " + reason(e));
        }
    }

    /**
     * Writes a file whole or not at all.
     *
     * @param file the place of the output; an ordinary file there is replaced
     * @param content what to write
     * @throws IllegalArgumentException if it cannot be written, with the reason; nothing is left behind
     */
    public static void write(Path file, Content content) {
        checkWritable(file);
        Path temporary = temporary(file);
        temporary.toFile().deleteOnExit();
        try {
            try {
                writeForced(temporary, content);
                Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file;
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw unwritable(file, reason(e));
        }
    }

    private static void writeForced(Path temporary, Content content) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static Path temporary(Path file) {
        String name = "." + file.getFileName() + "." + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        return folder(file).resolve(name + ".tmp");
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw unwritable(file, "it is not a file name");
        }
        return parent;
    }

    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return e.getClass() == IOException.class ? message : e.getClass().getSimpleName() + ": " + message;
    }

    private static IllegalArgumentException unwritable(Path file, String reason) {
        return new IllegalArgumentException("cannot write \"" + file + "\": " + reason);
    }
}
