package io.github.dl4jprune.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Main;
import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

/** {@code train} with method prune-and-shrink, killed and resumed. */
class KilledShrinkingTest {
    private static final String CONFIG =
            "{method: prune-and-shrink, sparsity: 0.6, schedule: {every: 2, end: 8}, epochs: 11, batch: 12}";

    @TempDir
    private Path folder;

    private List<Object> arguments(Path out, Object... more) {
        List<Object> all = new java.util.ArrayList<>(List.of(
                "train",
                folder.resolve("model.zip"),
                "--config",
                folder.resolve("config.yaml"),
                "--data",
                "cifar10:" + folder.resolve("data"),
                "--out",
                out,
                "--json",
                "-"));
        all.addAll(List.of(more));
        return all;
    }

    @Test
    @Timeout(600)
    void the_result_has_the_bytes_of_an_uninterrupted_run() throws IOException, InterruptedException {
        Samples.model(folder.resolve("model.zip"));
        Samples.cifar(folder.resolve("data"));
        Files.writeString(folder.resolve("config.yaml"), CONFIG);
        Path checkpoint = folder.resolve("killed-checkpoint-12.zip");
        List<Object> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments(folder.resolve("killed.zip"), "--checkpoint-every", 10));
        Process child = new ProcessBuilder(
                        command.stream().map(Object::toString).toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        while (child.isAlive() && Files.notExists(checkpoint)) {
            Thread.sleep(20);
        }
        child.destroyForcibly().waitFor();
        assertThat(checkpoint).exists();

        Path resumed = folder.resolve("resumed.zip");
        JsonNode second =
                Ran.of(arguments(resumed, "--resume", checkpoint).toArray()).json();

        Path whole = folder.resolve("whole.zip");
        JsonNode first = Ran.of(arguments(whole).toArray()).json();
        assertThat(resumed).hasSameBinaryContentAs(whole);
        assertThat(second.get("epochs")).isEqualTo(first.get("epochs")).hasSize(11);
        assertThat(second.get("test")).isEqualTo(first.get("test"));
    }
}
