package io.github.dl4jprune.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Files named {@code .NAME.PROCESS-NUMBER.tmp} beside the file that is to be.
 *
 * <p>Whoever writes one holds a lock on it until it has its final name. The operating system drops the lock with the
 * process, however that ends: a file whose lock can be had was left by a killed run, and only such are cleared. A writer
 * whose file was cleared in the instant between its creation and its lock finds it gone and begins another. Where a file
 * system knows no locks, nothing is cleared.
 */
final class TemporaryFile {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Those of this process: a process that opens and closes a file loses its own lock on it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private TemporaryFile() {}

    /** Writes a file whole or not at all, then clears what killed runs left beside it. */
    static void write(Path target, OutputFile.Content content) throws IOException {
        boolean moved = false;
        while (!moved) {
            Path file = unused(target);
            OWN.add(file);
            try {
                moved = write(file, target, content);
            } finally {
                Files.deleteIfExists(file);
                OWN.remove(file);
            }
        }
        clear(target);
    }

    private static boolean write(Path file, Path target, OutputFile.Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            file.toFile().deleteOnExit();
            if (lock(channel) && Files.notExists(file)) {
                return false;
            }
            content.writeTo(out);
            out.flush();
            channel.force(true);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
    }

    private static boolean lock(FileChannel channel) {
        try {
            channel.lock();
            return true;
        } catch (IOException e) {
            return false; // no locks on this file system: then nobody clears either
        }
    }

    /** Makes sure that a folder takes a file. */
    static void probe(Path target) throws IOException {
        Path file = unused(target);
        Files.createFile(file);
        Files.deleteIfExists(file);
    }

    private static Path unused(Path target) {
        long process = ProcessHandle.current().pid();
        Path file;
        do { // a process of the same number may have been killed before
            file = target.resolveSibling(
                    "." + target.getFileName() + "." + process + "-" + COUNT.incrementAndGet() + ".tmp");
        } while (Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        return file;
    }

    private static void clear(Path target) throws IOException {
        Pattern name =
                Pattern.compile("\\." + Pattern.quote(String.valueOf(target.getFileName())) + "\\.\\d+-\\d+\\.tmp");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                target.resolveSibling(""),
                file -> name.matcher(String.valueOf(file.getFileName())).matches())) {
            for (Path file : files) {
                if (!OWN.contains(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    clearIfLeft(file);
                }
            }
        }
    }

    private static void clearIfLeft(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // somebody else's, or gone: not ours to clear
        }
    }
}
