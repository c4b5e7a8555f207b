package io.github.dl4jprune.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSourceTest {
    @Test
    void every_kind_is_read(@TempDir Path folder) {
        assertThat(DataSource.parse("embedded")).isEqualTo(new EmbeddedImages());
        assertThat(DataSource.parse("cifar10:" + folder)).isEqualTo(new Cifar10Folder(folder));
        assertThat(DataSource.parse("mnist:" + folder)).isEqualTo(new MnistFolder(folder));
        assertThat(DataSource.parse("images:" + folder)).isEqualTo(new ImageFolder(folder));
    }

    @ParameterizedTest
    @CsvSource({"embedded", "cifar10:", "mnist:", "images:"})
    void the_text_form_comes_back(String kind, @TempDir Path folder) {
        String text = kind.endsWith(":") ? kind + folder : kind;

        assertThat(DataSource.parse(text)).hasToString(text);
    }

    @Test
    void a_path_may_hold_spaces_and_colons(@TempDir Path parent) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("my data: new"));

        assertThat(DataSource.parse("mnist:" + folder)).isEqualTo(new MnistFolder(folder));
    }

    @ParameterizedTest
    @CsvSource({
        "cifar:data, cifar10:data",
        "CIFAR10:x, cifar10:x",
        "minst:x, mnist:x",
        "image:x, images:x",
        "embeded, embedded",
        "cifar100, cifar10:DIR"
    })
    void an_unknown_kind_is_told_the_nearest(String text, String nearest) {
        assertThatThrownBy(() -> DataSource.parse(text))
                .isInstanceOf(DataSourceException.class)
                .hasMessage(
                        "data \"%s\": must be embedded, cifar10:DIR, mnist:DIR or images:DIR; did you mean \"%s\"?",
                        text, nearest);
    }

    @Test
    void an_unknown_kind_that_is_like_none_is_told_all() {
        assertThatThrownBy(() -> DataSource.parse("kitchen:x"))
                .hasMessage("data \"kitchen:x\": must be embedded, cifar10:DIR, mnist:DIR or images:DIR");
    }

    @ParameterizedTest
    @CsvSource({"cifar10", "cifar10:"})
    void a_missing_folder_name_is_asked_for(String text) {
        assertThatThrownBy(() -> DataSource.parse(text))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("data \"%s\": needs a folder; did you mean \"cifar10:DIR\"?", text);
    }

    @Test
    void embedded_takes_no_folder() {
        assertThatThrownBy(() -> DataSource.parse("embedded:x"))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("data \"embedded:x\": embedded takes no folder; did you mean \"embedded\"?");
    }

    @Test
    void a_folder_must_exist_and_be_a_folder(@TempDir Path parent) throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataSource.parse("cifar10:" + parent.resolve("none")))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("data folder %s: does not exist", parent.resolve("none"));
        assertThatThrownBy(() -> DataSource.parse("images:" + file))
                .isInstanceOf(DataSourceException.class)
                .hasMessage("data folder %s: is a file, not a folder", file);
    }
}
