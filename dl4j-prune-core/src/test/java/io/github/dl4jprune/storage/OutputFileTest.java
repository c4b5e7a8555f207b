package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    void a_link_to_a_file_that_is_not_there_yet_is_written_through() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("there/real"));

        OutputFile.checkWritable(link);
        OutputFile.write(link, out -> out.write("new".getBytes(UTF_8)));

        assertThat(there.resolve("real")).hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void links_that_lead_nowhere_are_refused_before_anything_is_written() throws IOException {
        Path lost = Files.createSymbolicLink(
                folder.resolve("lost"), folder.resolve("none").resolve("real"));
        Path circle = Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));

        assertThatThrownBy(() -> OutputFile.checkWritable(lost))
                .hasMessage(
                        "cannot write \"" + lost + "\": its folder \"" + folder.resolve("none") + "\" does not exist");
        assertThatThrownBy(() -> OutputFile.checkWritable(circle))
                .hasMessage("cannot write \"" + circle + "\": it is a link that leads to more than 40 others");
    }

    @Test
    void what_killed_runs_left_of_the_same_file_is_cleared() throws IOException {
        List<String> others = List.of(".other.zip.4711-1.tmp", ".model.zip.bak.4711-1.tmp", ".model.zip.notes.tmp");
        for (String other : others) {
            Files.createFile(folder.resolve(other));
        }
        Files.createFile(folder.resolve(".model.zip.4711-1.tmp"));
        for (int i = 0; i < 1000; i++) { // a process of the same number, as containers have them
            Files.createFile(
                    folder.resolve(".model.zip." + ProcessHandle.current().pid() + "-" + i + ".tmp"));
        }

        OutputFile.write(folder.resolve("model.zip"), out -> out.write(1));

        assertThat(names()).containsExactlyInAnyOrder(others.get(0), others.get(1), others.get(2), "model.zip");
    }

    @Test
    void files_of_another_thread_stay() throws IOException {
        Path file = folder.resolve("model.zip");

        OutputFile.write(file, out -> {
            OutputFile.write(file, within -> within.write("first".getBytes(UTF_8)));
            assertThat(names()).hasSize(2);
            OutputFile.write(file, within -> within.write("second".getBytes(UTF_8)));
            out.write("third".getBytes(UTF_8));
        });

        assertThat(file).hasContent("third");
        assertThat(names()).containsExactly("model.zip");
    }

    @Test
    @Timeout(60)
    void files_of_another_process_stay_until_it_is_killed() throws IOException, InterruptedException {
        Path file = folder.resolve("model.zip");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWriter.class.getName(),
                        file.toString())
                .start();
        assertThat(other.getInputStream().read()).isEqualTo('w');

        OutputFile.write(file, out -> out.write("first".getBytes(UTF_8)));
        assertThat(names()).hasSize(2).contains("model.zip");

        other.destroyForcibly().waitFor();
        assertThat(names()).hasSize(2);
        OutputFile.write(file, out -> out.write("second".getBytes(UTF_8)));
        assertThat(names()).containsExactly("model.zip");
    }

    /** Begins to write a file, says so and does not end. */
    static final class EndlessWriter {
        public static void main(String[] arguments) {
            OutputFile.write(Path.of(arguments[0]), out -> {
                out.write(1);
                System.out.print('w');
                System.out.flush();
                LockSupport.park();
            });
        }
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
