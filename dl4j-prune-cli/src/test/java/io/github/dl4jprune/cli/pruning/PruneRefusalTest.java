package io.github.dl4jprune.cli.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;

/** What {@code prune} refuses before it writes anything. */
class PruneRefusalTest extends PruningFixture {
    @Test
    void json_over_the_model_or_over_the_result_is_refused() throws IOException {
        byte[] before = Files.readAllBytes(model);
        Path sameModel = folder.resolve("../" + folder.getFileName() + "/model.zip");

        Ran.of("prune", model, "--criterion", "l2", "--sparsity", 0.5, "--out", out, "--json", sameModel)
                .refused("dl4j-prune: --json must name a file of its own, got that of MODEL, \"" + model + "\"");
        Ran.of("prune", model, "--criterion", "l2", "--sparsity", 0.5, "--out", out, "--json", out)
                .refused("dl4j-prune: --json must name a file of its own, got that of out, \"" + out + "\"");

        assertThat(Files.readAllBytes(model)).isEqualTo(before);
        assertThat(out).doesNotExist();
    }

    @Test
    void two_sparsities_of_one_layer_are_refused_in_options_and_in_ratios() throws IOException {
        Path ratios = folder.resolve("ratios.json");
        Files.writeString(ratios, "{\"conv1\": 0.5, \"conv1\": 0.1}");

        Ran options = Ran.of(
                "prune", model, "--criterion", "l2", "--layer", "conv1=0.2", "--layer", "conv1=0.6", "--out", out);
        Ran file = Ran.of("prune", model, "--criterion", "l2", "--ratios", ratios, "--out", out);

        options.refused("dl4j-prune prune: --layer \"conv1\" must have one sparsity, got 0.2 and 0.6");
        assertThat(file.exitCode()).isEqualTo(2);
        assertThat(file.err()).contains("ratios file \"" + ratios + "\" must be JSON: Duplicate field 'conv1'");
    }

    @Test
    void bad_requests_are_refused_and_nothing_is_written() {
        refused("sparsity must be in [0, 1), got 1.0", "--criterion", "l1", "--sparsity", "1");
        refused("sparsity must be in [0, 1), got NaN", "--criterion", "l1", "--sparsity", "NaN");
        refused("did you mean \"geometric-median\"?", "--criterion", "geometric-medain", "--sparsity", "0.5");
        refused("did you mean \"conv2\"?", "--criterion", "l1", "--sparsity", "0.5", "--layer", "covn2=0.5");
        refused("did you mean \"conv1\"?", "--criterion", "l1", "--sparsity", "0.5", "--ignore", "conv");
        refused("did you mean \"global\"?", "--criterion", "l1", "--sparsity", "0.5", "--scope", "globl");
        refused("budget macs must be in (0, 1], got 0.0", "--criterion", "l1", "--macs", "0");
        refused("budget must be reachable: macs 0.001 asked", "--criterion", "l1", "--macs", "0.001");
        refused("budget latency must be in (0, 1], got 1.5", "--criterion", "l1", "--latency", "1.5");
        refused("budget must be reachable: latency 0.001 asked, ", "--criterion", "l1", "--latency", "0.001");
        refused("latency batch must be at least 1", "--criterion", "l1", "--latency", "1", "--latency-batch", "0");
        refused("criterion taylor looks at data: name some by --data", "--criterion", "taylor", "--sparsity", "0.5");
        refused("prune needs --sparsity, a budget", "--criterion", "l1");
        refused(
                "--reconstruct has no effect without --data",
                "--criterion",
                "l1",
                "--sparsity",
                "0.5",
                "--reconstruct");
        refused(
                "--reconstruct must be at least 2 images, got 1",
                "--criterion",
                "l1",
                "--sparsity",
                "0.5",
                "--data",
                "embedded",
                "--reconstruct=1");
        refused("got 0.5 and 0.25", "--criterion", "l1", "--layer", "conv1=0.25", "--layer", "bn1=0.5");
    }

    @Test
    void a_network_with_nothing_to_remove_is_refused() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(4).nOut(2).build())
                .build());
        network.init();
        ModelFile.write(model, new SavedModel(network, null, InputShapes.UNKNOWN), UpdaterState.SAVED);

        refused("network must have channels that can be removed, got none", "--criterion", "l1", "--sparsity", "0.5");
    }

    @Test
    void ratios_that_cannot_be_read_are_refused() throws IOException {
        Path ratios = folder.resolve("ratios.json");

        refused("file \"" + ratios + "\" does not exist", "--criterion", "l1", "--ratios", ratios.toString());
        Files.writeString(ratios, "[1]");
        refused("must hold one object", "--criterion", "l1", "--ratios", ratios.toString());
        Files.writeString(ratios, "{");
        refused("must be JSON", "--criterion", "l1", "--ratios", ratios.toString());
        Files.writeString(ratios, "{\"conv1\": \"half\"}");
        refused("sparsity of layer \"conv1\" must be a number", "--criterion", "l1", "--ratios", ratios.toString());
        Files.writeString(ratios, "{\"conv1\": 0.5, \"convv2\": 0.5}");
        refused(
                "ratios file \"" + ratios + "\": layer \"convv2\" must be one of the network, did you mean \"conv2\"?",
                "--criterion",
                "l1",
                "--ratios",
                ratios.toString());
    }

    private void refused(String part, String... options) {
        List<String> before = names();

        Ran ran = Ran.of(arguments(out, options));

        assertThat(ran.err()).contains(part);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(names()).isEqualTo(before);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
