package io.github.dl4jprune.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    private Path folder;

    private Path results;
    private Path page;

    @BeforeEach
    void places() throws IOException {
        results = Files.createDirectory(folder.resolve("the results"));
        page = folder.resolve("a report.html");
    }

    @Test
    void results_of_real_commands_become_a_page() throws IOException {
        Path model = Samples.model(folder.resolve("big.zip"));
        String data = "cifar10:" + Samples.cifar(folder.resolve("data"));
        Path small = folder.resolve("small.zip");
        Path coded = folder.resolve("small.bin");
        run("prune", model, "--criterion", "l1", "--sparsity", "0.5", "--out", small, "--json", json("prune"));
        run("evaluate", small, "--data", data, "--json", json("evaluate"));
        run("bench", model, small, "--rounds", "1", "--json", json("bench"));
        run("compress", small, "--out", coded, "--json", json("compress"));
        run("inspect", model, "--json", json("inspect"));
        run("sensitivity", model, "--data", data, "--sparsities", "0.5", "--out", results.resolve("sensitivity"));

        Ran ran = Ran.of("report", results, "--out", page);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("6 results, written to " + page + System.lineSeparator());
        assertThat(Files.readString(page))
                .contains("prune big.zip \u2192 small.zip")
                .contains("<section id=\"sensitivity\">", "<section id=\"norms\">", "<section id=\"compression\">");
    }

    @Test
    void the_page_never_takes_the_place_of_a_result() throws IOException {
        Path model = Samples.model(folder.resolve("big.zip"));
        run("inspect", model, "--json", json("inspect"));
        Path result = results.resolve("inspect.json");
        byte[] before = Files.readAllBytes(result);
        String refusal = "dl4j-prune: --out must name a file of its own, got that of a result, \"" + result + "\"";

        Ran.of("report", result, "--out", result).refused(refusal);
        Ran.of("report", results, "--out", result).refused(refusal);

        assertThat(Files.readAllBytes(result)).isEqualTo(before);
    }

    @Test
    void pictures_of_a_layer_are_added_on_request() throws IOException {
        Path model = Samples.model(folder.resolve("big.zip"));
        String data = "cifar10:" + Samples.cifar(folder.resolve("data"));
        run(
                "prune",
                model,
                "--criterion",
                "l1",
                "--sparsity",
                "0.5",
                "--out",
                folder.resolve("s.zip"),
                "--json",
                json("p"));

        Ran ran = Ran.of(
                "report", results, "--out", page, "--model", model, "--layer", "conv1", "--data", data, "--image", "2");

        assertThat(ran.err()).isEmpty();
        // all eight channels, and each of the four pruned ones beside its own stand-ins
        assertThat(Files.readString(page).split("<figure class=\"map pruned\">", -1))
                .hasSize(1 + 4 + 4);
    }

    @Test
    void pictures_need_all_three_options() {
        Ran.of("report", results, "--out", page, "--layer", "conv1")
                .refused("dl4j-prune: --model, --layer and --data go together: one of them is missing");
    }

    private Path json(String command) {
        return results.resolve(command + ".json");
    }

    private static void run(Object... arguments) {
        Ran ran = Ran.of(arguments);
        assertThat(ran.exitCode())
                .describedAs("%s: %s", List.of(arguments), ran.err())
                .isZero();
    }

    @Test
    void a_damaged_result_is_refused_and_nothing_is_written() throws IOException {
        Path damaged = Files.writeString(json("prune"), "{\"command\": ");

        Ran.of("report", results, "--out", page)
                .refused("dl4j-prune: file \"" + damaged + "\" is not whole JSON (line 1, column 13)");

        assertThat(page).doesNotExist();
    }

    @Test
    void a_missing_file_is_refused() {
        Path missing = results.resolve("no.json");

        Ran.of("report", missing, "--out", page).refused("dl4j-prune: file \"" + missing + "\" does not exist");
    }

    @Test
    void a_page_that_cannot_be_written_is_refused() {
        Ran.of("report", results, "--out", results)
                .refused("dl4j-prune: cannot write \"" + results + "\": it is a directory");
    }
}
