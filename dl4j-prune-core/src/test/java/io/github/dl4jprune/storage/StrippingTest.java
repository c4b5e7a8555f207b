package io.github.dl4jprune.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.testing.Networks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;

class StrippingTest {
    @TempDir
    Path folder;

    @Test
    void only_entries_of_this_library_go() {
        MultiLayerNetwork network = Networks.chain(new Adam(0.1));
        network.getUpdater();
        Path file = folder.resolve("a.zip");
        Path stripped = folder.resolve("b.zip");
        byte[] note = "note".getBytes(StandardCharsets.UTF_8);
        SavedModel model = new SavedModel(network, null, InputShapes.of(new long[] {3, 8, 8}))
                .withAttachment("objects/note", note)
                .withAttachment(ModelFile.PRUNING_STATE, note);
        ModelFile.write(file, model, UpdaterState.SAVED);

        ModelFile.strip(file, stripped);

        try (ModelEntries before = ModelEntries.open(file);
                ModelEntries after = ModelEntries.open(stripped)) {
            assertThat(before.names()).contains(ModelFile.PRUNING_STATE, FormatEntry.NAME);
            assertThat(after.names())
                    .containsExactlyInAnyOrder(
                            ModelFile.CONFIGURATION, ModelFile.COEFFICIENTS, ModelFile.UPDATER, "objects/note");
            for (String name : after.names()) {
                assertThat(after.content(name)).isEqualTo(before.content(name));
            }
        }
    }

    @Test
    void a_model_that_needs_this_library_cannot_be_stripped() {
        Path file = folder.resolve("a.zip");
        Path stripped = folder.resolve("b.zip");
        String json = "{\"confs\":[{\"layer\":{\"@class\":\"io.github.dl4jprune.models.Gelu\"}}]}";
        OutputFile.write(
                file,
                out -> ModelWriter.write(
                        Map.of(
                                ModelFile.CONFIGURATION,
                                json.getBytes(StandardCharsets.UTF_8),
                                ModelFile.COEFFICIENTS,
                                new byte[0]),
                        out));

        assertThatThrownBy(() -> ModelFile.strip(file, stripped))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("cannot be stripped: it needs the class io.github.dl4jprune.models.Gelu");
        assertThat(stripped).doesNotExist();
    }

    @Test
    void constraints_of_this_library_leave_the_configuration() {
        Path file = folder.resolve("a.zip");
        Path stripped = folder.resolve("b.zip");
        String json = "{\"confs\":[{\"constraints\":[{\"@class\":\"io.github.dl4jprune.listeners.MaskConstraint\"}]},"
                + "{\"constraints\":[{\"@class\":\"io.github.dl4jprune.listeners.MaskConstraint\"},{\"@class\":\"x\"}]}]}";
        OutputFile.write(
                file,
                out -> ModelWriter.write(
                        Map.of(
                                ModelFile.CONFIGURATION,
                                json.getBytes(StandardCharsets.UTF_8),
                                ModelFile.COEFFICIENTS,
                                new byte[0]),
                        out));

        ModelFile.strip(file, stripped);

        try (ModelEntries after = ModelEntries.open(stripped)) {
            assertThat(new String(after.content(ModelFile.CONFIGURATION), StandardCharsets.UTF_8).replaceAll("\\s", ""))
                    .isEqualTo("{\"confs\":[{\"constraints\":null},{\"constraints\":[{\"@class\":\"x\"}]}]}");
        }
    }
}
