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

/** A trained {@link PruningNet} on disk, beside the file of its search, written whole or not at all. */
final class PruningNetFile {
    private static final String FORMAT = "dl4j-prune PruningNet 1";

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
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            if (!in.readUTF().equals(FORMAT) || in.readInt() != search) {
                throw new IllegalArgumentException(
                        "file \"" + path + "\" must hold the PruningNet of this search, got another: remove it");
            }
            net.read(in);
            return true;
        } catch (IOException | RuntimeException e) {
            if (e instanceof IllegalArgumentException ours) {
                throw ours;
            }
            throw new IllegalArgumentException(
                    "file \"" + path + "\" must hold a PruningNet, got " + e + ": remove it", e);
        }
    }

    /** Writes it. */
    void write(PruningNet<?> net) {
        file.ifPresent(path -> OutputFile.write(path, out -> {
            DataOutputStream data = new DataOutputStream(out);
            data.writeUTF(FORMAT);
            data.writeInt(search);
            net.write(data);
            data.flush();
        }));
    }
}
