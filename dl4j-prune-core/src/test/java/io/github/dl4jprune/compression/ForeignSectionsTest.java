package io.github.dl4jprune.compression;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jprune.compression.ParameterSlice.Kind;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Files whose checksums are right and whose sections are not those of the configuration inside. */
class ForeignSectionsTest {
    private static final int CONFIGURATION = 1;
    private static final int NORMALIZER = 2;
    private static final int CONV = 4;
    private static final int DENSE = 5;
    private static final int OUTPUT = 6;

    private final DissectedFile valid = DissectedFile.of(SampleFile.bytes());

    @Test
    void a_file_taken_apart_and_put_together_is_the_same() {
        assertThat(valid.toBytes()).isEqualTo(SampleFile.bytes());
        assertThat(CompressedFile.decode(Path.of("a"), valid.toBytes())
                        .weights()
                        .length())
                .isEqualTo(8 * 2 * 9 + 8 + 128 * 20 + 20 + 20 * 3 + 3);
    }

    @Test
    void swapped_layer_sections() {
        refuses(
                valid.swapped(DENSE, OUTPUT),
                "section 5 of 6 must hold layer \"dense\" of the configuration, got layer \"output\"");
    }

    @Test
    void a_renamed_layer() {
        refuses(
                valid.with(CONV, replacing("conv", "cont")),
                "section 4 of 6 must hold layer \"conv\" of the configuration, got layer \"cont\"");
    }

    @Test
    void a_missing_layer() {
        refuses(
                valid.without(OUTPUT).withParameters(8 * 2 * 9 + 8 + 128 * 20 + 20),
                "header counts no section of layer \"output\", which the configuration has");
    }

    @Test
    void a_layer_too_many() {
        refuses(
                valid.and('L', layer("more", parameter("W", Kind.VECTOR, 'c', 1)))
                        .withParameters(8 * 2 * 9 + 8 + 128 * 20 + 20 + 20 * 3 + 4),
                "section 7 of 7 holds layer \"more\", but the configuration has no further layer with parameters");
    }

    @Test
    void a_layer_without_parameters_has_no_section() {
        refuses(
                valid.and('L', layer("more")),
                "section 7 of 7 holds layer \"more\", but the configuration has no further layer with parameters");
    }

    @Test
    void another_number_of_parameters() {
        refuses(
                valid.with(OUTPUT, layer("output", parameter("W", Kind.DENSE, 'f', 21, 3))),
                "section 6 of 6 (layer \"output\") must hold the parameters W, b, got W");
    }

    @Test
    void another_name_of_a_parameter() {
        refuses(
                valid.with(
                        OUTPUT,
                        layer("output", parameter("V", Kind.DENSE, 'f', 20, 3), parameter("b", Kind.VECTOR, 'c', 3))),
                "section 6 of 6 (layer \"output\") must hold the parameters W, b, got V, b");
    }

    @Test
    void swapped_axes_of_the_same_product() {
        refuses(
                valid.with(OUTPUT, output(parameter("W", Kind.DENSE, 'f', 3, 20))),
                "section 6 of 6 (layer \"output\") must hold parameter \"W\" of shape [20, 3], got [3, 20]");
    }

    @Test
    void another_number_of_values() {
        refuses(
                valid.with(OUTPUT, output(parameter("W", Kind.DENSE, 'f', 20, 4)))
                        .withParameters(8 * 2 * 9 + 8 + 128 * 20 + 20 + 20 * 4 + 3),
                "section 6 of 6 (layer \"output\") must hold parameter \"W\" of shape [20, 3], got [20, 4]");
    }

    @Test
    void another_order_of_memory() {
        refuses(
                valid.with(OUTPUT, output(parameter("W", Kind.DENSE, 'c', 20, 3))),
                "section 6 of 6 (layer \"output\") must hold parameter \"W\" in the order f, got c");
    }

    @Test
    void another_kind() {
        refuses(
                valid.with(OUTPUT, output(parameter("W", Kind.CONVOLUTION, 'f', 20, 3))),
                "section 6 of 6 (layer \"output\") must hold parameter \"W\" of kind 1, got 0");
    }

    @Test
    void another_data_type() {
        refuses(valid.withWidth(8), "header must have values of 4 bytes, the FLOAT of the configuration, got 8");
    }

    @Test
    void values_that_are_not_finite() {
        ParameterSlice bias = new ParameterSlice("any", "b", 0, new long[] {3}, 'c', Kind.VECTOR);
        byte[] broken = ParameterCodec.encode(StoredParameter.raw(bias, new double[] {1, Double.NaN, 2}));

        refuses(
                valid.with(OUTPUT, layer("output", parameter("W", Kind.DENSE, 'f', 20, 3), broken)),
                "section 6 of 6 (layer \"output\") layer \"output\", parameter \"b\" must have finite values, got NaN");
    }

    @Test
    void an_entry_of_a_foreign_name() {
        byte[] entry = PackedEntry.encode("../../evil", new byte[] {1});

        refuses(
                valid.and('E', entry),
                "section 7 of 7 has the name \"../../evil\";"
                        + " known are configuration.json, normalizer.bin, dl4j-prune.json");
    }

    @Test
    void an_entry_that_would_take_the_place_of_the_layers() {
        refuses(
                valid.and('E', PackedEntry.encode("noParams.marker", new byte[0])),
                "section 7 of 7 has the name \"noParams.marker\";"
                        + " known are configuration.json, normalizer.bin, dl4j-prune.json");
    }

    @Test
    void no_configuration() {
        refuses(valid.without(CONFIGURATION), "header counts no section of configuration.json");
    }

    @Test
    void a_configuration_that_cannot_be_read() {
        refuses(
                valid.with(CONFIGURATION, PackedEntry.encode("configuration.json", "{}".getBytes(UTF_8))),
                "section 1 of 6 has a configuration.json of neither a MultiLayerNetwork nor a ComputationGraph");
    }

    @Test
    void a_configuration_nested_more_deeply_than_the_stack() {
        byte[] deep = ("{\"a\": " + "[".repeat(1_000_000)).getBytes(UTF_8);

        refuses(
                valid.with(CONFIGURATION, PackedEntry.encode("configuration.json", deep)),
                "section 1 of 6 has an unreadable configuration.json: it is nested more than 500 deep");
    }

    @Test
    void a_configuration_of_more_parameters_than_the_file_could_hold() {
        UnaryOperator<byte[]> huge = payload -> {
            PackedEntry entry =
                    PackedEntry.decode(new ByteCursor(payload, 0, payload.length, IllegalStateException::new));
            String json = new String(entry.content(), UTF_8).replace("\"nout\" : 20", "\"nout\" : 2000000000");
            return PackedEntry.encode(entry.name(), json.getBytes(UTF_8));
        };

        refuses(
                valid.with(CONFIGURATION, huge),
                "header claims 2795 parameters, but the configuration has 258000000215");
    }

    @Test
    void a_normaliser_that_claims_more_than_its_bytes() {
        UnaryOperator<byte[]> cut = payload -> PackedEntry.encode("normalizer.bin", new byte[] {0, 1, 'x'});

        assertThatThrownBy(() -> CompressedFile.decode(
                        Path.of("a"), valid.with(NORMALIZER, cut).toBytes()))
                .isInstanceOf(CompressedFileException.class)
                .hasMessageStartingWith("compressed file \"a\": section 2 of 6 has an unreadable normalizer.bin: ");
    }

    @Test
    void a_name_of_several_lines_makes_a_message_of_one() {
        refuses(
                valid.with(CONV, replacing("conv", "a\n\u001bb")),
                "section 4 of 6 must hold layer \"conv\" of the configuration, got layer \"a b\"");
    }

    private static UnaryOperator<byte[]> replacing(String text, String other) {
        return payload ->
                new String(payload, ISO_8859_1).replaceFirst(text, other).getBytes(ISO_8859_1);
    }

    private static byte[] output(byte[] weights) {
        return layer("output", weights, parameter("b", Kind.VECTOR, 'c', 3));
    }

    private static byte[] layer(String name, byte[]... parameters) {
        ByteWriter out = new ByteWriter();
        out.text(name);
        out.number(parameters.length, 2);
        for (byte[] parameter : parameters) {
            out.bytes(parameter);
        }
        return out.toBytes();
    }

    private static byte[] parameter(String name, Kind kind, char order, long... shape) {
        ParameterSlice slice = new ParameterSlice("any", name, 0, shape, order, kind);
        return ParameterCodec.encode(StoredParameter.raw(slice, new double[slice.length()]));
    }

    private static void refuses(DissectedFile file, String message) {
        assertThatThrownBy(() -> CompressedFile.decode(Path.of("a"), file.toBytes()))
                .isInstanceOf(CompressedFileException.class)
                .hasMessage("compressed file \"a\": " + message);
    }
}
