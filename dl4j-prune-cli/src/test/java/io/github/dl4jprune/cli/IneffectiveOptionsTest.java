package io.github.dl4jprune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An option that was typed and changes nothing is refused, or told of where scripts may pass it always. */
class IneffectiveOptionsTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path out;
    private String data;

    @BeforeEach
    void a_model_and_data() {
        model = Samples.model(folder.resolve("model.zip"));
        out = folder.resolve("out.zip");
        data = "cifar10:" + Samples.cifar(folder.resolve("data"));
    }

    @Test
    void prune() {
        told(
                "--examples has no effect without --data",
                "prune",
                model,
                "--criterion",
                "l1",
                "--sparsity",
                0.5,
                "--examples",
                0,
                "--out",
                out);
        refused(
                "--latency-batch has no effect without --latency",
                "prune",
                model,
                "--criterion",
                "l1",
                "--sparsity",
                0.5,
                "--latency-batch",
                4,
                "--out",
                out);
    }

    @Test
    void prune_where_nothing_competes() {
        Ran byTime = Ran.of("prune", model, "--criterion", "l1", "--latency", 0.5, "--scope", "global", "--out", out);

        assertThat(byTime.err().lines())
                .contains("dl4j-prune: --scope has no effect with --latency, which chooses by time");
        told(
                "--scope has no effect without --sparsity or a budget",
                "prune",
                model,
                "--criterion",
                "l1",
                "--layer",
                "conv1=0.5",
                "--scope",
                "global",
                "--out",
                out);
    }

    @Test
    void prune_tells_of_a_seed_that_nothing_draws_with() {
        Ran l1 = Ran.of("prune", model, "--criterion", "l1", "--sparsity", 0.5, "--seed", 3, "--out", out);
        Ran random = Ran.of("prune", model, "--criterion", "random", "--sparsity", 0.5, "--seed", 3, "--out", out);

        assertThat(l1.exitCode()).isZero();
        assertThat(l1.err())
                .isEqualTo("dl4j-prune: --seed has no effect with --criterion l1: it belongs to random"
                        + System.lineSeparator());
        assertThat(random.err()).isEmpty();
    }

    @Test
    void compress() throws IOException {
        Path config = folder.resolve("compress.yaml");
        told(
                "--data has no effect without the keys prune or retrain in --config: nothing is trained",
                "compress",
                model,
                "--data",
                "nope",
                "--out",
                out);
        Files.writeString(config, "share: {method: lloyd}");
        told(
                "--data has no effect without the keys prune or retrain in --config: nothing is trained",
                "compress",
                model,
                "--config",
                config,
                "--data",
                data,
                "--out",
                out);
    }

    @Test
    void inspect() {
        Path compressed = folder.resolve("small.dl4c");
        Ran.of("compress", model, "--out", compressed);

        refused("--input-shape has no effect on a compressed file", "inspect", compressed, "--input-shape", "3,32,32");
    }

    @Test
    void finetune() {
        told(
                "--learning-rate has no effect with --epochs 0, which trains nothing",
                "finetune",
                model,
                "--data",
                data,
                "--epochs",
                0,
                "--learning-rate",
                0.1,
                "--out",
                out);
        told(
                "--teacher has no effect with --epochs 0, which trains nothing",
                "finetune",
                model,
                "--data",
                data,
                "--epochs",
                0,
                "--teacher",
                model,
                "--out",
                out);
    }

    @Test
    void sensitivity() {
        told(
                "--criterion has no effect with --granularity weight: weights go by magnitude (l1)",
                "sensitivity",
                model,
                "--data",
                data,
                "--granularity",
                "weight",
                "--criterion",
                "apoz",
                "--out",
                out);
    }

    @Test
    void report() {
        refused(
                "--image has no effect without --model, --layer and --data",
                "report",
                folder,
                "--image",
                2,
                "--out",
                folder.resolve("page.html"));
    }

    @Test
    void bench() {
        Path onnx = folder.resolve("model.onnx");
        Ran.of("export", model, "--out", onnx);

        refused(
                "--input-shape has no effect on .onnx files, which say theirs",
                "bench",
                onnx,
                "--input-shape",
                "3,32,32");
    }

    private static void told(String line, Object... arguments) {
        Ran ran = Ran.of(arguments);

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.err().lines()).contains("dl4j-prune: " + line);
    }

    private void refused(String line, Object... arguments) {
        List<String> before = files();

        Ran.of(arguments).refused("dl4j-prune: " + line);

        assertThat(files()).isEqualTo(before);
    }

    private List<String> files() {
        try (var files = Files.walk(folder)) {
            return new ArrayList<>(files.map(Path::toString).sorted().toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
