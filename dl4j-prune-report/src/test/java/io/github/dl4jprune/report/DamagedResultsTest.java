package io.github.dl4jprune.report;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedResultsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void a_name() {
        file = folder.resolve("x.json");
    }

    private void refused(String json, String message) throws IOException {
        Files.writeString(file, json.replace('\'', '"'));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.of(List.of(file)).html())
                .withMessage(message.replace("FILE", "file \"" + file + "\""));
    }

    @Test
    void half_a_file() throws IOException {
        refused("{'command': 'prune', 'before': {", "FILE is not whole JSON (line 1, column 33)");
    }

    @Test
    void an_empty_file() throws IOException {
        refused("", "FILE is empty");
    }

    @Test
    void two_objects_in_a_file() throws IOException {
        refused("{'command': 'prune'} {}", "FILE is not whole JSON (line 1, column 22)");
    }

    @Test
    void json_of_something_else() throws IOException {
        refused("{'name': 1}", "FILE must be what a command wrote with --json, got JSON without the key \"command\"");
    }

    @Test
    void an_unknown_command() throws IOException {
        refused(
                "{'command': 'prun'}",
                "FILE: key \"command\" must be one of demo import inspect prune evaluate finetune bench train shrink strip"
                        + " sweep sensitivity export verify compress decompress report, got \"prun\", did you mean"
                        + " \"prune\"?");
    }

    @Test
    void a_missing_key() throws IOException {
        refused("{'command': 'prune', 'before': {}, 'after': {'bytes': 1}}", "FILE: key \"before.bytes\" is missing");
    }

    @Test
    void a_key_of_another_kind() throws IOException {
        refused(
                "{'command': 'bench', 'models': [{'model': 'a', 'batch': 1, 'medianMillis': 'fast'}]}",
                "FILE: key \"models[0].medianMillis\" must be a number, got \"fast\"");
    }

    @Test
    void a_list_where_an_object_should_be() throws IOException {
        refused("{'command': 'prune', 'before': [], 'after': {}}", "FILE: key \"before\" must be a JSON object");
    }

    @Test
    void a_folder_without_results() throws IOException {
        Files.writeString(file, "[1, 2]");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.of(List.of(folder)))
                .withMessage("folder \"" + folder
                        + "\" must hold results of commands, got no JSON file with the key \"command\"");
    }

    @Test
    void a_damaged_table_of_sensitivities() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("sensitivity.csv"), "group,layer,sparsity,loss,accuracy\na,a,0.3,0.5,high\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Report.of(List.of(folder)))
                .withMessage("file \"" + csv + "\", line 2: accuracy must be a number, got \"high\"");
    }

    @Test
    void a_file_that_is_not_there() {
        assertThatThrownBy(() -> Report.of(List.of(file))).isInstanceOf(NoSuchFileException.class);
    }
}
