package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Entries whose names could harm who unpacks or lists them. */
class BadEntryNameTest extends ModelFileFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "objects/../../evil",
                "..",
                "objects/..",
                "..\\evil",
                "/etc/evil",
                "\\evil",
                "C:\\evil",
                "c:evil"
            })
    void an_entry_that_leads_out_of_the_zip(String name) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(name, new byte[] {1});
        rewrite(entries);

        assertRefused(
                file,
                "has the entry \"" + name + "\", whose name must be relative and without \"..\", as in \"objects/a\"");
        assertThatThrownBy(() -> ModelFile.strip(file, folder.resolve("stripped.zip")))
                .isInstanceOf(ModelFileException.class);
        assertThat(folder.resolve("stripped.zip")).doesNotExist();
    }

    @Test
    void an_entry_whose_name_has_control_characters() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put("objects/\u001b[2J", new byte[] {1});
        rewrite(entries);

        assertRefused(file, "has the entry \"objects/ [2J\", whose name must have no control characters");
    }

    @Test
    void a_folder_that_leads_out_of_the_zip() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put("../", new byte[0]);
        rewrite(entries);

        assertRefused(
                file, "has the entry \"../\", whose name must be relative and without \"..\", as in \"objects/a\"");
    }

    @Test
    void two_entries_of_one_name() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put("objects/a", new byte[] {1});
        entries.put("objects/b", new byte[] {2});
        rewrite(entries);
        String zip = Files.readString(file, ISO_8859_1);
        Files.writeString(file, zip.replace("objects/b", "objects/a"), ISO_8859_1);

        assertRefused(file, "has more than one entry \"objects/a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"objects/a..b", "...", "notes.txt", "deep/er/größe", "ab:c"})
    void ordinary_names_of_entries_are_carried(String name) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(name, new byte[] {1});
        rewrite(entries);

        assertThat(ModelFile.read(file).attachments()).containsOnlyKeys(name);
    }

    @Test
    void an_attachment_of_such_a_name_is_refused_before_it_is_written() {
        SavedModel model = new SavedModel(SmallNetworks.layers(DataType.FLOAT), null, InputShapes.UNKNOWN);

        assertThatThrownBy(() -> model.withAttachment("../a", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attachment \"../a\" must be relative and without \"..\", as in \"objects/a\"");
    }
}
