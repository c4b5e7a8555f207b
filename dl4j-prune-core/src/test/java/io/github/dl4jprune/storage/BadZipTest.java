package io.github.dl4jprune.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no zips, or not whole ones. */
class BadZipTest extends ModelFileFixture {
    @Test
    void a_missing_file() {
        Path missing = folder.resolve("none.zip");

        assertRefused(missing, "does not exist");
    }

    @Test
    void a_directory() {
        assertRefused(folder, "must be a file, but is a directory or device");
    }

    @Test
    void no_zip() throws IOException {
        Files.writeString(file, "hello");

        assertRefused(file, "must be a zip written by DL4J's ModelSerializer, but is no zip");
    }

    @Test
    void an_empty_file() throws IOException {
        Files.write(file, new byte[0]);

        assertRefused(file, "must be a zip written by DL4J's ModelSerializer, but is no zip");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.99})
    void a_file_cut_short(double fraction) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * fraction)));

        assertRefused(file, "is a zip that was cut short or damaged: zip END header not found");
    }

    @Test
    void a_zip_of_something_else() throws IOException {
        rewrite(Map.of("photo.jpg", new byte[] {1}));

        assertRefused(
                file,
                "is a zip, but no DL4J model: it has no configuration.json and no coefficients.bin, it holds photo.jpg");
    }

    @Test
    void flipped_bits() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 16; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("model file \"" + file + "\" is damaged: ");
    }
}
