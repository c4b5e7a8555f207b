package io.github.dl4jprune.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    private String html(Path... sources) throws IOException {
        return Report.of(List.of(sources)).html();
    }

    /** The page without its scripts, style and charts' data. */
    private static String visible(String html) {
        return html.replaceAll("(?s)<script.*?</script>|<style>.*?</style>", "");
    }

    @Test
    void every_result_has_its_section() throws IOException {
        String html = html(Written.all(folder, "conv1"));

        assertThat(html)
                .contains(
                        "<section id=\"summary\">",
                        "<section id=\"layers\">",
                        "<section id=\"training\">",
                        "<section id=\"sensitivity\">",
                        "<section id=\"pareto\">",
                        "<section id=\"latency\">",
                        "<section id=\"compression\">",
                        "<section id=\"pinned\">",
                        "<section id=\"norms\">",
                        "<section id=\"commands\">");
    }

    @Test
    void a_section_without_results_is_left_out() throws IOException {
        String html = html(Written.to(folder.resolve("f.json"), Written.FINETUNE));

        assertThat(html).contains("<section id=\"training\">").doesNotContain("<section id=\"pareto\">");
    }

    @Test
    void figures_before_and_after_are_told() throws IOException {
        String page = visible(html(Written.to(folder.resolve("p.json"), Written.PRUNE)));

        assertThat(page)
                .contains("prune big.zip → small.zip")
                .contains("<span class=\"before\">270 k</span>", "<span class=\"after\">161 k</span>", "59.81 % left")
                .contains("differ by 3.87e-7 at most on 16 examples (allowed: 0.0001)")
                .contains("it is an output of the network");
    }

    @Test
    void results_of_one_model_stand_in_one_row() throws IOException {
        Written.to(folder.resolve("p.json"), Written.PRUNE);
        Written.to(folder.resolve("f.json"), Written.FINETUNE);
        Written.to(folder.resolve("e.json"), Written.EVALUATE);

        String page = visible(html(folder));

        assertThat(page.replaceAll("<td[^>]*>", "|").replace("</td>", ""))
                .contains("|tuned.zip|finetune of small.zip|161,308|24,699,520||90.78 % (test, 5,000)");
    }

    @Test
    void text_of_files_stays_text() throws IOException {
        String name = "</script><img src=x onerror=alert(1)>&quot;{{title}}";

        String html = html(Written.all(folder, name));

        assertThat(html).doesNotContain("<img src=x").doesNotContain("</script><img");
        assertThat(visible(html)).contains("&lt;/script&gt;&lt;img src").contains("{{title}}");
        assertThat(html).contains("\\u003c/script\\u003e\\u003cimg src=x onerror=alert(1)\\u003e\\u0026quot;");
    }

    @Test
    void nothing_is_loaded_from_elsewhere() throws IOException {
        String html = html(Written.all(folder, "conv1"));

        assertThat(html)
                .contains("default-src 'none'")
                .doesNotContainPattern("(src|href)=\"(?!#|data:)")
                .doesNotContain("url(")
                .doesNotContain("@import")
                .doesNotContain("sourceMappingURL");
    }

    @Test
    void the_same_results_make_the_same_page() throws IOException {
        Written.all(folder, "conv1");

        String first = html(folder);

        assertThat(html(folder)).isEqualTo(first);
    }

    @Test
    void the_command_can_be_typed_again() throws IOException {
        String page = visible(html(Written.to(folder.resolve("p.json"), Written.PRUNE)));

        assertThat(page)
                .contains("<code>./dl4j-prune prune &#39;a b/big.zip&#39; --criterion l1 --sparsity 0.5 --out small.zip"
                        + " --layer conv2&#x3D;0.25 --ignore conv1 --ignore fc --fold-constants</code>");
    }

    @Test
    void a_budget_of_time_is_told() throws IOException {
        String timed = Written.PRUNE.replace(
                "'note': ''}",
                "'latency': {'batch': 8, 'beforeMillis': 20.0, 'afterMillis': 10.4, 'asked': 0.5, 'reached': 0.52,"
                        + " 'measuredLayers': 19, 'rounds': 2}}");

        String page = visible(html(Written.to(folder.resolve("p.json"), timed)));

        assertThat(page)
                .contains("prune big.zip → small.zip, batch 8")
                .contains(
                        "Asked for 50.00 % of the time, measured 52.00 %: one batch took 20.0 ms before and takes 10.4 ms"
                                + " now (19 layers timed, 2 rounds).");
    }

    @Test
    void a_file_named_twice_counts_once() throws IOException {
        Path file = Written.to(folder.resolve("p.json"), Written.PRUNE);

        assertThat(Report.of(List.of(file, folder, file)).results()).isEqualTo(1);
    }

    @Test
    void what_a_sweep_left_in_its_folder_is_read() throws IOException {
        Written.to(folder.resolve("results.json"), "{" + Written.SWEEP_RESULTS);

        assertThat(html(folder)).contains("<section id=\"pareto\">", "Read from a folder");
    }

    @Test
    void what_a_sweep_left_in_its_folder_is_not_told_twice() throws IOException {
        Written.to(folder.resolve("out/results.json"), "{" + Written.SWEEP_RESULTS);
        Written.to(folder.resolve("sweep.json"), Written.SWEEP);

        assertThat(Report.of(List.of(folder)).results()).isEqualTo(1);
    }

    @Test
    void the_folder_of_a_sensitivity_scan_is_read() throws IOException {
        Files.writeString(
                folder.resolve("sensitivity.csv"),
                "group,layer,sparsity,loss,accuracy\n\"a,b\",\"a,b\",0.3,0.5,0.8125\n");
        Files.writeString(folder.resolve("settings.json"), "{\"loss\": 0.25, \"accuracy\": 0.9375}");

        String page = visible(html(folder));

        assertThat(page)
                .contains("Whole network: accuracy 93.75 %, loss 0.2500.")
                .contains("a,b", "81.25 %")
                .contains("This scan has not come to its end. Points so far: 1, of layers: 1.");

        Files.writeString(folder.resolve("norms.json"), "[]");

        assertThat(visible(html(folder))).doesNotContain("not come to its end");
    }

    @Test
    void models_that_do_not_compute_the_same_are_said_to() throws IOException {
        Path failed = Written.to(
                folder.resolve("v.json"),
                Written.VERIFY.replace("'relativeDifference': 1e-6", "'relativeDifference': 0.5"));

        assertThat(visible(html(failed))).contains("these models do not compute the same");
        assertThat(visible(html(Written.to(folder.resolve("v.json"), Written.VERIFY))))
                .doesNotContain("do not compute the same");
    }

    @Test
    void a_loss_that_is_not_a_number_is_a_gap() throws IOException {
        String html = html(Written.to(folder.resolve("t.json"), Written.TRAIN));

        assertThat(html).contains("[2.0,\"gap\"]");
        assertThat(visible(html)).contains("not a number");
    }
}
