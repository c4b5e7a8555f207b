package io.github.dl4jprune.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class SensitivityCommandTest {
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

    private Ran scan(Object... more) {
        Object[] arguments = new Object[6 + more.length];
        System.arraycopy(new Object[] {"sensitivity", model, "--data", data, "--out", out}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return Ran.of(arguments);
    }

    @Test
    void every_group_is_measured_at_every_sparsity() throws IOException {
        JsonNode json = scan("--sparsities", "0.5,0.25", "--json", "-").json();

        List<String> lines = Files.readAllLines(out.resolve("sensitivity.csv"));
        assertThat(lines.get(0)).isEqualTo("group,layer,sparsity,loss,accuracy");
        assertThat(lines.subList(1, lines.size()))
                .extracting(line -> line.replaceFirst(",[^,]*,[^,]*$", ""))
                .containsExactly("conv1,conv1,0.25", "conv1,conv1,0.5", "conv2,conv2,0.25", "conv2,conv2,0.5");
        assertThat(json.get("points")).hasSize(4);
        assertThat(json.get("base").get("accuracy").asDouble()).isBetween(0.0, 1.0);
        assertThat(json.get("norms").get(0).get("filters").asInt()).isEqualTo(8);
        assertThat(ImageIO.read(out.resolve("sensitivity.png").toFile()).getWidth())
                .isEqualTo(1100);
    }

    @Test
    void a_point_is_what_prune_and_evaluate_give() {
        Path pruned = folder.resolve("pruned.zip");
        Ran.of("prune", model, "--criterion", "l1", "--layer", "conv1=0.5", "--out", pruned);
        JsonNode expected = Ran.of("evaluate", pruned, "--data", data, "--split", "validation", "--json", "-")
                .json();

        JsonNode point =
                scan("--sparsities", "0.5", "--json", "-").json().get("points").get(0);

        assertThat(point.get("loss").asDouble()).isEqualTo(expected.get("loss").asDouble());
        assertThat(point.get("accuracy").asDouble())
                .isEqualTo(expected.get("accuracy").asDouble());
    }

    @Test
    void a_killed_run_goes_on_where_it_stopped() throws IOException {
        scan("--sparsities", "0.25,0.5");
        Path csv = out.resolve("sensitivity.csv");
        List<String> whole = Files.readAllLines(csv);
        // the first point is marked, the rest is lost in the middle of a line
        String marked = whole.get(1).replaceFirst("[^,]*,[^,]*$", "7.0,0.5");
        Files.writeString(csv, whole.get(0) + "\n" + marked + "\n" + "conv1,conv1,0.5,2.");

        JsonNode json = scan("--sparsities", "0.25,0.5", "--json", "-").json();

        assertThat(json.get("points").get(0).get("loss").asDouble()).isEqualTo(7.0);
        List<String> resumed = Files.readAllLines(csv);
        assertThat(resumed.get(1)).isEqualTo(marked);
        assertThat(resumed.subList(2, 5)).isEqualTo(whole.subList(2, 5));
    }

    @Test
    void a_damaged_folder_is_refused_with_the_file_and_the_place() throws IOException {
        scan("--sparsities", "0.5");
        Path csv = out.resolve("sensitivity.csv");
        Path settings = out.resolve("settings.json");
        String table = Files.readString(csv);
        String told = Files.readString(settings);

        Files.writeString(csv, "a,b\n");
        scan("--sparsities", "0.5")
                .refused(
                        "dl4j-prune: file \"" + csv + "\" must begin with the line group,layer,sparsity,loss,accuracy");
        Files.writeString(csv, "group,layer,sparsity,loss,accuracy\nconv1,conv1\n");
        scan("--sparsities", "0.5").refused("dl4j-prune: file \"" + csv + "\", line 2: must have 5 values, got 2");
        Files.writeString(csv, table);
        Files.writeString(settings, told.replaceFirst("\"loss\" : [^,\n]+", "\"loss\" : \"hello\""));
        scan("--sparsities", "0.5")
                .refused("dl4j-prune: file \"" + settings
                        + "\": loss of the whole network must be a number, got \"hello\": name another --out");

        assertThat(Files.readString(csv)).isEqualTo(table);
    }

    @Test
    void settings_that_are_none_are_refused_by_name() throws IOException {
        Path settings = out.resolve("settings.json");
        String advice = ": name another --out or remove it";

        Files.createDirectories(out);
        Files.writeString(settings, "{");
        scan("--sparsities", "0.5")
                .refused("dl4j-prune: file \"" + settings + "\" must be JSON, got a damaged one" + advice);
        Files.writeString(settings, "{\"criterion\": \"l1\"}");
        scan("--sparsities", "0.5")
                .refused("dl4j-prune: file \"" + settings + "\" must say the scan's model, got nothing" + advice);
        Files.write(settings, new byte[] {'{', (byte) 0xff, '}'});
        scan("--sparsities", "0.5").refused("dl4j-prune: file \"" + settings + "\" must be text in UTF-8");
    }

    @Test
    void a_table_without_a_line_gets_its_header_back() throws IOException {
        scan("--sparsities", "0.5");
        Path csv = out.resolve("sensitivity.csv");
        String table = Files.readString(csv);
        Files.writeString(csv, "");

        scan("--sparsities", "0.5");

        assertThat(Files.readString(csv)).isEqualTo(table);
    }

    @Test
    void results_of_other_settings_are_never_mixed() {
        scan("--sparsities", "0.5");

        Ran ran = scan("--sparsities", "0.5", "--criterion", "l2");

        ran.refused("dl4j-prune: folder \"" + out.toAbsolutePath()
                + "\" holds a scan with criterion l1, got l2: name another --out");
    }

    @Test
    void chosen_sparsities_are_what_prune_takes() throws IOException {
        scan("--sparsities", "0.25,0.5,0.75", "--macs", 0.5);
        Path ratios = out.resolve("ratios.json");

        JsonNode json = Ran.of(
                        "prune",
                        model,
                        "--criterion",
                        "l1",
                        "--ratios",
                        ratios,
                        "--out",
                        folder.resolve("pruned.zip"),
                        "--json",
                        "-")
                .json();

        assertThat(new ObjectMapper().readTree(ratios.toFile()).size()).isPositive();
        assertThat(json.get("after").get("macs").asLong())
                .isLessThanOrEqualTo(json.get("before").get("macs").asLong() / 2);
    }

    @Test
    void weights_are_zeroed_layer_by_layer_when_asked() {
        JsonNode json = scan("--granularity", "weight", "--sparsities", "0.5", "--json", "-")
                .json();

        assertThat(json.get("points"))
                .extracting(point -> point.get("layer").asText())
                .containsExactly("conv1", "conv2", "output");
    }

    @Test
    void bad_values_are_named_before_any_work() {
        scan("--sparsities", "0.5,1.5").refused("dl4j-prune: --sparsities must each be in (0, 1), got 1.5");
        scan("--sparsities", ",").refused("dl4j-prune: --sparsities must name at least one in (0, 1), got none");
        scan("--granularity", "filters")
                .refused("dl4j-prune: --granularity must be one of filter weight, got \"filters\", did you mean"
                        + " \"filter\"?");
        scan("--macs", 2).refused("dl4j-prune: --macs must be in (0, 1), got 2.0");

        assertThat(out).doesNotExist();
    }
}
