package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    private Path folder;

    @Test
    void the_old_file_stays_until_the_new_one_is_whole() throws IOException {
        Path file = Files.writeString(folder.resolve("model.zip"), "old");
        List<String> during = new ArrayList<>();

        OutputFile.write(file, out -> {
            out.write("new".getBytes(UTF_8));
            out.flush();
            during.add(Files.readString(file));
            during.addAll(names());
        });

        assertThat(file).hasContent("new");
        assertThat(during).hasSize(3).contains("old", "model.zip");
        assertThat(during.stream().filter(name -> name.endsWith(".zip"))).hasSize(1);
        assertThat(names()).containsExactly("model.zip");
    }

    @Test
    void a_failing_writer_leaves_nothing_behind() throws IOException {
        Path file = folder.resolve("model.zip");

        assertThatThrownBy(() -> OutputFile.write(file, out -> {
                    out.write(1);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot write \"" + file + "\": No space left on device");

        assertThat(names()).isEmpty();
    }

    @Test
    void a_link_is_written_through() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);

        OutputFile.write(link, out -> out.write("new".getBytes(UTF_8)));

        assertThat(real).hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void places_that_cannot_be_written_are_refused_with_the_reason() {
        Path nowhere = folder.resolve("none").resolve("model.zip");

        assertThatThrownBy(() -> OutputFile.checkWritable(folder))
                .hasMessage("cannot write \"" + folder + "\": it is a directory");
        assertThatThrownBy(() -> OutputFile.checkWritable(nowhere))
                .hasMessage(
                        "cannot write \"" + nowhere + "\": its folder \"" + nowhere.getParent() + "\" does not exist");
        assertThatThrownBy(() -> OutputFile.checkWritable(Path.of("/dev/null")))
                .hasMessage("cannot write \"/dev/null\": it exists and is not an ordinary file that may be replaced");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
