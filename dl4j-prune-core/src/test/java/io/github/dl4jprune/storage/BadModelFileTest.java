package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class BadModelFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void a_good_file() {
        file = folder.resolve("model.zip");
        ModelFile.write(
                file,
                new SavedModel(SmallNetworks.layers(DataType.FLOAT), null, InputShapes.of(new long[] {1, 6, 6})),
                UpdaterState.SAVED);
    }

    @Test
    void a_missing_file() {
        Path missing = folder.resolve("none.zip");

        assertRefused(missing, "does not exist");
    }

    @Test
    void a_directory() {
        assertRefused(folder, "must be a file, but is a directory or device");
    }

    @Test
    void no_zip() throws IOException {
        Files.writeString(file, "hello");

        assertRefused(file, "must be a zip written by DL4J's ModelSerializer, but is no zip");
    }

    @Test
    void an_empty_file() throws IOException {
        Files.write(file, new byte[0]);

        assertRefused(file, "must be a zip written by DL4J's ModelSerializer, but is no zip");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.99})
    void a_file_cut_short(double fraction) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * fraction)));

        assertRefused(file, "is a zip that was cut short or damaged: zip END header not found");
    }

    @Test
    void a_zip_of_something_else() throws IOException {
        rewrite(Map.of("photo.jpg", new byte[] {1}));

        assertRefused(
                file,
                "is a zip, but no DL4J model: it has no configuration.json and no coefficients.bin, it holds photo.jpg");
    }

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

    @Test
    void a_model_without_coefficients() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.remove(ModelFile.COEFFICIENTS);
        rewrite(entries);

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("model file \"" + file
                        + "\" is a zip, but no DL4J model: it has no coefficients.bin, it holds ");
    }

    @Test
    void flipped_bits() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 16; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("model file \"" + file + "\" is damaged: ");
    }

    @Test
    void coefficients_cut_short() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.computeIfPresent(ModelFile.COEFFICIENTS, (name, bytes) -> Arrays.copyOf(bytes, bytes.length - 8));
        rewrite(entries);

        assertRefused(file, "has an unreadable coefficients.bin: its values should take 680 bytes, but it has 672");
    }

    @Test
    void coefficients_that_are_no_array() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(ModelFile.COEFFICIENTS, "nothing of that kind at all".getBytes(UTF_8));
        rewrite(entries);

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("model file \"" + file + "\" has an unreadable coefficients.bin: ");
    }

    @Test
    void coefficients_of_another_network() throws IOException {
        Map<String, byte[]> entries = entries();
        Path other = folder.resolve("other.zip");
        ModelFile.write(
                other,
                new SavedModel(SmallNetworks.graph(DataType.FLOAT), null, InputShapes.UNKNOWN),
                UpdaterState.SAVED);
        entries.put(ModelFile.COEFFICIENTS, entries(other).get(ModelFile.COEFFICIENTS));
        rewrite(entries);

        assertRefused(
                file, "has an unreadable coefficients.bin: Invalid parameters: expected length 170, got length 32");
    }

    @Test
    void a_custom_layer_that_is_not_on_the_classpath() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.computeIfPresent(
                ModelFile.CONFIGURATION,
                (name, bytes) -> new String(bytes, UTF_8)
                        .replace("org.deeplearning4j.nn.conf.layers.ConvolutionLayer", "com.example.SwirlLayer")
                        .getBytes(UTF_8));
        rewrite(entries);

        assertRefused(
                file,
                "needs the class com.example.SwirlLayer, which is not on the classpath (a custom layer or function)");
    }

    @Test
    void a_configuration_of_something_else() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(ModelFile.CONFIGURATION, "{\"a\": 1}".getBytes(UTF_8));
        rewrite(entries);

        assertRefused(file, "has a configuration.json of neither a MultiLayerNetwork nor a ComputationGraph");
    }

    @Test
    void a_configuration_that_is_no_json() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(ModelFile.CONFIGURATION, "{".getBytes(UTF_8));
        rewrite(entries);

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("model file \"" + file + "\" has a configuration.json that is no JSON: ");
    }

    @Test
    void a_newer_format() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(FormatEntry.NAME, "{\"formatVersion\": 2, \"inputShapes\": 5}".getBytes(UTF_8));
        rewrite(entries);

        assertRefused(file, "was written by a newer dl4j-prune: format 2, this one reads up to 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[1,0,6]] | has an unreadable dl4j-prune.json: input shape must have sizes >= 1 (or -1: free), got [1, 0, 6]",
                "[[-7]] | has an unreadable dl4j-prune.json: input shape must have sizes >= 1 (or -1: free), got [-7]",
                "[[]] | has an unreadable dl4j-prune.json: input shape must have sizes >= 1 (or -1: free), got []",
                "[null] | has an unreadable dl4j-prune.json: input shape must be a list of numbers, got null",
                "[[1,null]] | has an unreadable dl4j-prune.json: input shape must be a list of numbers, got [1, null]",
                "[[1,6,-1]] | MISFIT [[1, 6, -1]]: sizes are at least 1",
                "[[1,99999,99999]] | MISFIT [[1, 99999, 99999]]: one example has at most 2147483647 values",
                "[[3,6,6]] | MISFIT [[3, 6, 6]]: layer \"conv\" takes 1 channel, gets 3; a shape that fits: [1, 6, 6]",
                "[[1,8,8]] | MISFIT [[1, 8, 8]]: layer \"output\" takes 4 x 4 positions, gets 6 x 6; a shape that fits: [1, 6, 6]",
                "[[36]] | MISFIT [[36]]: layer \"conv\" cannot take [36]; a shape that fits: [1, 6, 6]",
                "[[1,6,6],[1]] | MISFIT [[1, 6, 6], [1]]: it has 1 input, got 2 shapes"
            })
    void forged_input_shapes(String shapes, String rule) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(
                FormatEntry.NAME,
                "{\"formatVersion\": 1, \"inputShapes\": %s}".formatted(shapes).getBytes(UTF_8));
        rewrite(entries);

        assertRefused(file, rule.replace("MISFIT", "has input shapes in dl4j-prune.json that do not fit its network:"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void weights_that_are_not_finite_in_layers(double value) {
        MultiLayerNetwork network = SmallNetworks.layers(DataType.DOUBLE);
        network.getLayer(0).getParam("W").putScalar(new int[] {1, 0, 2, 0}, value);
        ModelFile.write(file, new SavedModel(network, null, InputShapes.UNKNOWN), UpdaterState.SAVED);

        assertRefused(file, "must have finite weights, got " + value + " (layer \"conv\", parameter \"W\")");
    }

    @Test
    void weights_that_are_not_finite_in_a_graph() {
        ComputationGraph network = SmallNetworks.graph(DataType.FLOAT);
        network.getLayer("output").getParam("b").putScalar(1, Float.NaN);
        ModelFile.write(file, new SavedModel(network, null, InputShapes.UNKNOWN), UpdaterState.SAVED);

        assertRefused(file, "must have finite weights, got NaN (layer \"output\", parameter \"b\")");
    }

    @ParameterizedTest
    @CsvSource({"stride, 0", "stride, -1", "kernelSize, 0", "dilation, 0"})
    void a_layer_that_never_gets_anywhere(String key, int value) throws IOException {
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get("configuration.json"), UTF_8);
        String forged = json.replaceFirst("\"" + key + "\" ?: ?\\[ ?\\d+", "\"" + key + "\" : [ " + value);
        assertThat(forged).isNotEqualTo(json);
        entries.put("configuration.json", forged.getBytes(UTF_8));
        rewrite(entries);

        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageMatching("model file \".*\" has a layer \".+\" with " + key + " \\[" + value
                        + ", ?\\d+\\]: must be at least 1");
    }

    private void assertRefused(Path path, String rule) {
        assertThatThrownBy(() -> ModelFile.read(path))
                .isInstanceOf(ModelFileException.class)
                .hasMessage("model file \"" + path + "\" " + rule);
    }

    private Map<String, byte[]> entries() throws IOException {
        return entries(file);
    }

    private static Map<String, byte[]> entries(Path path) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        assertThat(entries).isNotEmpty();
        return entries;
    }

    private void rewrite(Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
    }
}
