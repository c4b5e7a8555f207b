package io.github.dl4jprune.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that are refused, and why. */
class TrainingConfigurationTest extends TrainingFixture {
    @Test
    void bad_configurations_are_refused_before_any_work() throws IOException {
        Path config = config("method: static\nsparsity: 1.5\n");
        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config + "\": sparsity must be in [0, 1), got 1.5");
        config("method: static\nsparsity: 0.5\nbach: 3\n");
        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config + "\": bach is unknown, did you mean \"batch\"?");
        config("method: [static\n");
        assertThat(Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                        .err())
                .startsWith("dl4j-prune: configuration \"" + config + "\" must be YAML or JSON, line ");
        config("method: static\nsparsity: 0.5\nlayers: {conv9: 0.5}\n");
        assertThat(Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                        .err())
                .contains("\"conv9\"")
                .contains("did you mean \"conv");
        assertThat(out).doesNotExist();
    }

    @Test
    void keys_of_another_method_or_updater_are_refused_and_shared_ones_told_of() throws IOException {
        Path config = config("{method: static, sparsity: 0.5, penalty: 0.1}");
        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config
                        + "\": penalty has no effect with method static: it belongs to slimming, ista");
        assertThat(out).doesNotExist();
        config("{method: static, sparsity: 0.5, epochs: 1, batch: 12, schedule: {type: agp}}");

        Ran ran = Ran.of("train", model, "--config", config, "--data", data, "--out", out);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err())
                .isEqualTo("dl4j-prune: configuration \"" + config
                        + "\": schedule has no effect with method static: it belongs to"
                        + " dynamic, soft, prune-and-shrink" + System.lineSeparator());
    }

    @Test
    void what_follows_a_configuration_is_refused() throws IOException {
        Ran more = Ran.of("train", model, "--config", config(DYNAMIC + " more"), "--data", data, "--out", out);
        Ran second =
                Ran.of("train", model, "--config", config(DYNAMIC + "\n---\nepochs: 3"), "--data", data, "--out", out);

        assertThat(List.of(more.exitCode(), second.exitCode())).containsExactly(2, 2);
        assertThat(more.err()).contains("must be YAML or JSON");
        assertThat(out).doesNotExist();
    }

    @Test
    void values_out_of_range_name_file_and_key() throws IOException {
        refusedConfiguration("{method: static, sparsity: 0.5, epochs: -3}", "epochs must be at least 1, got -3");
        refusedConfiguration(
                "{method: static, sparsity: 0.5, updater: {momentum: 2}}",
                "updater.momentum must be in [0, 1), got 2.0");
        refusedConfiguration("{method: static, layers: {conv1: -0.5}}", "layers.conv1 must be in [0, 1), got -0.5");
    }

    @Test
    void more_iterations_than_dl4j_counts() throws IOException {
        Path config = config("{method: static, sparsity: 0.5, epochs: 2147483647, batch: 18}");

        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: epochs must be at most 1073741823 with 2 batches each, got 2147483647");
    }

    private void refusedConfiguration(String text, String rule) throws IOException {
        Path config = config(text);

        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config + "\": " + rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layers: &s {conv1: 0.5} | anchor &s",
                "penalty: *s | alias *s",
                "'<<: *base' | alias *base",
                "sparsity: !!float 0.5 | tag !tag:yaml.org,2002:float"
            })
    void what_yaml_can_do_and_configurations_cannot_is_said_plainly(String line, String found) throws IOException {
        Path config = config("method: static\n" + line + "\n");

        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused(
                        "dl4j-prune: configuration \"" + config + "\", line 2: YAML's anchors, aliases and tags are not"
                                + " supported, write values out; got the " + found);
    }

    @Test
    void a_configuration_must_be_a_file() {
        Ran.of("train", model, "--config", folder, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + folder + "\" must be a file, got a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing but a comment\n"})
    void a_configuration_must_hold_something(String text) throws IOException {
        Path config = config(text);

        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config + "\" must hold keys and values, got none");
    }

    @Test
    void a_configuration_that_is_no_text_is_named() throws IOException {
        Path config = folder.resolve("binary.yaml");
        Files.write(config, new byte[] {(byte) 0xff, (byte) 0xfe, 0x31});

        Ran.of("train", model, "--config", config, "--data", data, "--out", out)
                .refused("dl4j-prune: configuration \"" + config + "\" must be text in UTF-8");
    }
}
