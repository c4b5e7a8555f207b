package io.github.dl4jprune.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** A good file, its entries, and a way to spoil them. */
abstract class ModelFileFixture {
    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void a_good_file() {
        file = folder.resolve("model.zip");
        ModelFile.write(
                file,
                new SavedModel(SmallNetworks.layers(DataType.FLOAT), null, InputShapes.of(new long[] {1, 6, 6})),
                UpdaterState.SAVED);
    }

    final void assertRefused(Path path, String rule) {
        assertThatThrownBy(() -> ModelFile.read(path))
                .isInstanceOf(ModelFileException.class)
                .hasMessage("model file \"" + path + "\" " + rule);
    }

    final Map<String, byte[]> entries() throws IOException {
        return entries(file);
    }

    static Map<String, byte[]> entries(Path path) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        assertThat(entries).isNotEmpty();
        return entries;
    }

    final void rewrite(Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }
}
