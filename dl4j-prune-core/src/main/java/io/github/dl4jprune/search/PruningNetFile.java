package io.github.dl4jprune.search;

import io.github.dl4jprune.generation.PruningNet;
import io.github.dl4jprune.storage.OutputFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** A trained {@link PruningNet} on disk, beside the file of its search, written whole or not at all. */
final class PruningNetFile {
    private static final String FORMAT = "dl4j-prune PruningNet 1";
    private static final int PART = 1 << 16;

    private final Optional<Path> file;
    private final int search;

    /**
     * Nothing is read or written yet.
     *
     * @param beside file of the search, to whose name {@code .pruningnet} is added; empty to keep nothing
     * @param settings of the search
     */
    PruningNetFile(Optional<Path> beside, Map<String, String> settings) {
        this.file = beside.map(path -> path.resolveSibling(path.getFileName() + ".pruningnet"));
        this.search = settings.toString().hashCode();
        file.ifPresent(OutputFile::checkWritable);
    }

    /**
     * Reads what an earlier run has trained.
     *
     * @return whether there was such a file
     * @throws IllegalArgumentException if the file is none of ours, of another search or damaged
     */
    boolean read(PruningNet<?> net) {
        if (file.filter(Files::exists).isEmpty()) {
            return false;
        }
        Path path = file.get();
        try {
            requireWhole(path);
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
                if (!in.readUTF().equals(FORMAT) || in.readInt() != search) {
                    throw new IllegalArgumentException(
                            "file \"" + path + "\" must hold the PruningNet of this search, got another: remove it");
                }
                net.read(in);
            }
            return true;
        } catch (IOException e) {
            throw unreadable(path, e.toString());
        }
    }

    /** Looks at the checksum first, for what is damaged is not fit to be read. */
    private static void requireWhole(Path path) throws IOException {
        long length = Files.size(path) - Long.BYTES;
        CRC32 sum = new CRC32();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            byte[] part = new byte[PART];
            for (long left = length; left > 0; left -= part.length) {
                int size = (int) Math.min(left, part.length);
                in.readFully(part, 0, size);
                sum.update(part, 0, size);
            }
            if (length < 0 || in.readLong() != sum.getValue()) {
                throw unreadable(path, "a file whose checksum does not fit");
            }
        }
    }

    private static IllegalArgumentException unreadable(Path path, String found) {
        return new IllegalArgumentException(
                "file \"" + path + "\" must hold a PruningNet, got " + found + ": remove it");
    }

    /** Writes it. */
    void write(PruningNet<?> net) {
        file.ifPresent(path -> OutputFile.write(path, out -> {
            CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32());
            DataOutputStream data = new DataOutputStream(checked);
            data.writeUTF(FORMAT);
            data.writeInt(search);
            net.write(data);
            data.flush();
            data.writeLong(checked.getChecksum().getValue());
            data.flush();
        }));
    }
}
