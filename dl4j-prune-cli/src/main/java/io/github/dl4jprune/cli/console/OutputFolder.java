package io.github.dl4jprune.cli.console;

import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of results, which is made when the first is there. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * Makes sure, before any work is done, that results can be written to a folder that may not be there yet.
     *
     * @throws IllegalArgumentException if it is a file, or can neither be written to nor made
     */
    public static void check(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--out must be a folder, got the file \"" + folder + "\"");
        }
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new IllegalArgumentException(
                    "--out \"%s\" cannot be made: \"%s\" is no folder that takes files".formatted(folder, there));
        }
    }
}
