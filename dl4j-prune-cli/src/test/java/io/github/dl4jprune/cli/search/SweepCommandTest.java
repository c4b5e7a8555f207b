package io.github.dl4jprune.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;

class SweepCommandTest {
    private static final String GRID = """
            train: {method: static, epochs: 1, batch: 18, sparsity: 0.5}
            space:
              sparsity: [0.25, 0.5]
              criterion: [l1, geometric-median]
            search: grid
            maxMacs: 0.4
            """;

    @TempDir
    private Path folder;

    private Path model;
    private String data;
    private Path out;

    @BeforeEach
    void a_model_and_data() {
        model = Samples.model(folder.resolve("a model.zip"));
        data = "cifar10:" + Samples.cifar(folder.resolve("some data"));
        out = folder.resolve("some results");
    }

    private Ran sweep(String config, Object... more) throws IOException {
        Path file = Files.writeString(folder.resolve("a sweep.yaml"), config);
        Object[] first = {"sweep", model, "--config", file, "--data", data, "--out", out};
        Object[] all = java.util.Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return Ran.of(all);
    }

    @Test
    void every_candidate_of_a_grid_is_trained_and_compared() throws IOException {
        JsonNode json = sweep(GRID, "--json", "-").json();

        assertThat(json.get("candidates")).hasSize(4);
        assertThat(json.get("candidates")
                        .get(0)
                        .get("settings")
                        .get("criterion")
                        .asText())
                .isIn("l1", "geometric-median");
        assertThat(json.get("candidates"))
                .extracting(candidate -> candidate.get("macs").asDouble())
                .allMatch(macs -> macs > 0.2 && macs < 0.8);
        assertThat(json.get("candidates"))
                .filteredOn(candidate -> candidate.get("macs").asDouble() > 0.4)
                .isNotEmpty()
                .allMatch(candidate -> candidate.get("score").asDouble() <= 0);
        assertThat(json.get("front").size()).isBetween(1, 4);
        assertThat(out.resolve("results.json")).exists();
        assertThat(ImageIO.read(out.resolve("pareto.png").toFile()).getWidth()).isEqualTo(900);
    }

    @Test
    void a_candidate_that_is_done_is_not_trained_again() throws IOException {
        sweep(GRID);
        Path done = out.resolve("candidate-1.json");
        Path lost = out.resolve("candidate-2.json");
        String marked = Files.readString(done).replaceFirst("\"accuracy\" : [0-9.]+", "\"accuracy\" : 0.875");
        Files.writeString(done, marked);
        FileTime before = Files.getLastModifiedTime(out.resolve("candidate-0.json"));
        Files.delete(lost);

        JsonNode json = sweep(GRID, "--json", "-").json();

        assertThat(json.get("candidates").get(1).get("validationAccuracy").asDouble())
                .isEqualTo(0.875);
        assertThat(lost).exists();
        assertThat(Files.getLastModifiedTime(out.resolve("candidate-0.json"))).isEqualTo(before);
    }

    @Test
    void other_settings_are_trained_anew() throws IOException {
        sweep(GRID);
        String before = Files.readString(out.resolve("candidate-0.json"));

        sweep(GRID.replace("batch: 18", "batch: 12"));

        assertThat(Files.readString(out.resolve("candidate-0.json"))).isNotEqualTo(before);
    }

    @Test
    void bad_candidates_are_refused_before_any_is_trained() throws IOException {
        Ran ran = sweep(GRID.replace("[0.25, 0.5]", "[0.25, 1.5]"));

        ran.refused("dl4j-prune: configuration \"" + folder.resolve("a sweep.yaml")
                + "\": candidate {sparsity=1.5, criterion=l1}: sparsity must be in [0, 1), got 1.5");
        assertThat(out).doesNotExist();
        sweep(GRID.replace("criterion:", "criterium:"))
                .refused("dl4j-prune: configuration \"" + folder.resolve("a sweep.yaml")
                        + "\": candidate {sparsity=0.25, criterium=l1}: criterium is unknown, did you mean"
                        + " \"criterion\"?");
        sweep(GRID.replace("maxMacs: 0.4", "maxMac: 0.4"))
                .refused("dl4j-prune: configuration \"" + folder.resolve("a sweep.yaml")
                        + "\": maxMac is unknown, did you mean \"maxMacs\"?");
    }

    @Test
    void keys_that_belong_to_no_candidate_are_refused_and_those_of_one_are_not() throws IOException {
        String shared = GRID.replace("sparsity: 0.5}", "sparsity: 0.5, updater: {momentum: 0.5}}");

        sweep(GRID.replace("sparsity: 0.5}", "sparsity: 0.5, penalty: 0.1}"))
                .refused("dl4j-prune: configuration \"" + folder.resolve("a sweep.yaml")
                        + "\": penalty has no effect in any"
                        + " candidate, such as with method static: it belongs to slimming, ista");
        sweep(shared.replace("criterion: [l1, geometric-median]", "updater.type: [sgd, adam]"))
                .refused("dl4j-prune: configuration \"" + folder.resolve("a sweep.yaml")
                        + "\": updater.momentum has no effect in any candidate, such as with updater.type sgd:"
                        + " it belongs to nesterovs");
        assertThat(out).doesNotExist();
        assertThat(sweep(shared.replace("criterion: [l1, geometric-median]", "updater.type: [sgd, nesterovs]"))
                        .exitCode())
                .isZero();
    }

    @Test
    void keys_of_the_other_search_are_told_of() throws IOException {
        Ran ran = sweep(GRID.replace("[0.25, 0.5]", "[0.5]").replace("[l1, geometric-median]", "[l1]") + "seed: 3\n");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err())
                .isEqualTo("dl4j-prune: configuration \"" + folder.resolve("a sweep.yaml")
                        + "\": seed has no effect with search grid: it"
                        + " belongs to random, and train.seed to the training" + System.lineSeparator());
    }

    @Test
    void a_layer_that_is_not_there_is_refused_before_the_folder_is_made() throws IOException {
        sweep(GRID.replace("train: {", "train: {layers: {covn1: 0.5}, "))
                .refused("dl4j-prune: layer \"covn1\" must be one of the network, did you mean \"conv1\"?");
        assertThat(out).doesNotExist();
    }

    @Test
    void data_that_are_not_there_are_refused_before_the_folder_is_made() throws IOException {
        Files.delete(folder.resolve("some data").resolve("data_batch_3.bin"));

        Ran ran = sweep(GRID);

        assertThat(ran.err()).contains("data_batch_3.bin is missing");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void a_folder_that_cannot_be_made_is_refused() throws IOException {
        Files.createFile(folder.resolve("file"));
        out = folder.resolve("file").resolve("results");

        sweep(GRID)
                .refused("dl4j-prune: --out \"%s\" cannot be made: \"%s\" is no folder that takes files"
                        .formatted(out, folder.resolve("file")));
    }

    @Test
    void a_random_search_varies_layers_and_schedules() throws IOException {
        JsonNode json = sweep("""
                        train: {method: dynamic, epochs: 1, batch: 18, schedule: {unit: iteration, every: 1, end: 1}}
                        space:
                          layers.conv1: {min: 0.1, max: 0.8}
                          schedule.type: [log, linear]
                        search: random
                        candidates: 2
                        seed: 3
                        """, "--json", "-").json();

        assertThat(json.get("candidates")).hasSize(2);
        assertThat(json.get("candidates")
                        .get(0)
                        .get("settings")
                        .get("layers.conv1")
                        .asDouble())
                .isBetween(0.1, 0.8);
    }
}
