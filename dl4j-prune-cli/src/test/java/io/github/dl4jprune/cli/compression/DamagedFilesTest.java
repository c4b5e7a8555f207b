package io.github.dl4jprune.cli.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and foreign files on the command line: exit code 2, one line that names the file, nothing written. */
class DamagedFilesTest {
    @TempDir
    private Path folder;

    private byte[] model;
    private byte[] compressed;
    private Path file;
    private Path out;

    @BeforeEach
    void good_files() throws IOException {
        Path zip = Samples.model(folder.resolve("model.zip"));
        Path small = folder.resolve("small.dl4c");
        assertThat(Ran.of("compress", zip, "--out", small).exitCode()).isZero();
        model = Files.readAllBytes(zip);
        compressed = Files.readAllBytes(small);
        Files.delete(zip);
        Files.delete(small);
        file = folder.resolve("a file");
        out = folder.resolve("out");
    }

    @Test
    void truncated_compressed_files() throws IOException {
        for (int length = 0; length < compressed.length; length += compressed.length / 23) {
            Files.write(file, Arrays.copyOf(compressed, length));

            refused("decompress", file, "--out", out);
            refused("inspect", file);
        }
    }

    @Test
    void compressed_files_with_a_flipped_bit() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = compressed.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bytes);

            refused("decompress", file, "--out", out);
            refused("inspect", file);
        }
    }

    @Test
    void truncated_model_files() throws IOException {
        for (int length = 0; length < model.length; length += model.length / 23) {
            Files.write(file, Arrays.copyOf(model, length));

            refused("compress", file, "--out", out);
            refused("inspect", file);
        }
    }

    @Test
    void model_files_with_flipped_bits() throws IOException {
        Random random = new Random(2);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = model.clone();
            int at = random.nextInt(bytes.length);
            for (int j = at; j < Math.min(at + 16, bytes.length); j++) {
                bytes[j] ^= 0x55;
            }
            Files.write(file, bytes);

            refused("compress", file, "--out", out);
            refused("inspect", file);
        }
    }

    @Test
    void foreign_files() throws IOException {
        byte[] noise = new byte[5000];
        new Random(3).nextBytes(noise);
        for (byte[] bytes : List.of(new byte[0], "hello".getBytes(UTF_8), noise, new byte[5000])) {
            Files.write(file, bytes);

            refused("decompress", file, "--out", out);
            refused("compress", file, "--out", out);
            refused("inspect", file);
        }
        Files.write(file, model);
        refused("decompress", file, "--out", out);
        Files.write(file, compressed);
        refused("compress", file, "--out", out);
    }

    @Test
    void folders_and_files_that_are_not_there() throws IOException {
        refused("decompress", file, "--out", out);
        refused("compress", file, "--out", out);
        refused("inspect", file);
        Files.createDirectory(file);
        refused("decompress", file, "--out", out);
        refused("compress", file, "--out", out);
        refused("inspect", file);
    }

    @Test
    void model_files_with_an_entry_that_leads_out_of_the_zip() throws IOException {
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(stream);
                ZipInputStream entries = new ZipInputStream(new java.io.ByteArrayInputStream(model))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                entries.transferTo(zip);
            }
            zip.putNextEntry(new ZipEntry("../../evil"));
        }

        refused("compress", file, "--out", out);
        refused("inspect", file);
        refused("strip", file, "--out", out);
        refused("prune", file, "--criterion", "l1", "--sparsity", 0.5, "--out", out);
    }

    private void refused(Object... arguments) throws IOException {
        List<Path> before = files();

        Ran ran = Ran.of(arguments);

        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).startsWith("dl4j-prune: ").contains(file.toString());
        assertThat(ran.err().strip().lines()).hasSize(1);
        assertThat(ran.out()).isEmpty();
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }
}
