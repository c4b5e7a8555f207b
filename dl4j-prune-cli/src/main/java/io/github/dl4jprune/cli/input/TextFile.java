package io.github.dl4jprune.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small texts that people write, such as configurations. */
public final class TextFile {
    private static final int LARGEST = 1 << 20;

    private TextFile() {}

    /**
     * Reads a file whole.
     *
     * @param subject what an error message calls the file
     * @throws IllegalArgumentException if it is a folder, larger than 1 MiB or not in UTF-8
     * @throws IOException if it is not there or cannot be read
     */
    public static String read(String subject, Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(subject + " must be a file, got a folder");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IllegalArgumentException(subject + " must be at most " + LARGEST + " bytes long");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(subject + " must be text in UTF-8", e);
        }
    }
}
