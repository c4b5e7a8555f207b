package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations and shapes that are damaged, forged or of something else. */
class BadConfigurationTest extends ModelFileFixture {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | must have a size for each of 2 axes",
                "[ 3 ] | must have a size for each of 2 axes",
                "[ 3, null ] | must be at least 1",
                "[ 3, \"a\" ] | must be at least 1"
            })
    void a_window_with_too_few_sizes(String sizes, String rule) throws IOException {
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get("configuration.json"), UTF_8);
        String forged = json.replaceFirst(
                "\"kernelSize\" ?: ?\\[[^]]*]", Matcher.quoteReplacement("\"kernelSize\" : " + sizes));
        assertThat(forged).isNotEqualTo(json);
        entries.put("configuration.json", forged.getBytes(UTF_8));
        rewrite(entries);

        assertRefused(file, "has a layer \"conv\" with kernelSize " + sizes.replace(" ", "") + ": " + rule);
    }
}
