package io.github.dl4jprune.compression;

import io.github.dl4jprune.storage.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;

/** Reads one file from its first byte to its last, checksums before contents. */
final class CompressedFileReader {
    private static final int SMALLEST_SECTION = 1 + 2 * Integer.BYTES;
    // 8 gaps of 255 zeros, as the format says
    private static final int MOST_VALUES_A_BYTE = 2040;
    private final Path file;
    private final byte[] bytes;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<StoredParameter> parameters = new ArrayList<>();
    private final List<Long> encoded = new ArrayList<>();
    private final List<LayerSection> layers = new ArrayList<>();
    private long reached;

    CompressedFileReader(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    CompressedModel read() {
        ByteCursor in = cursor(0, bytes.length, "header");
        in.require(
                bytes.length >= CompressedFile.MAGIC.length
                        && Arrays.equals(in.bytes(CompressedFile.MAGIC.length), CompressedFile.MAGIC),
                "must begin with the bytes 89 44 4c 34 43 0d 0a 1a: this is no compressed model");
        long version = in.number(Short.BYTES);
        in.require(
                version == CompressedFile.VERSION,
                "is of version " + version + ", this one reads " + CompressedFile.VERSION);
        DataType type = type(in, (int) in.number(1));
        long count = in.number(Integer.BYTES);
        long sections = in.number(Integer.BYTES);
        checksum(in, 0);
        in.require(
                sections * SMALLEST_SECTION <= in.left(),
                "claims " + sections + " sections, more than " + in.left() + " bytes can hold");
        for (long i = 1; i <= sections; i++) {
            section(in, "section " + i + " of " + sections);
        }
        in.requireEnd();
        in.require(reached == count, "claims " + count + " parameters, but the layers hold " + reached);
        new ConfigurationCheck(file, entries, places).require(type, layers, (long) MOST_VALUES_A_BYTE * bytes.length);
        return new CompressedModel(file, type, entries, new SharedModel(parameters), encoded, bytes.length);
    }

    private static DataType type(ByteCursor in, int width) {
        return switch (width) {
            case 2 -> DataType.FLOAT16;
            case 4 -> DataType.FLOAT;
            case 8 -> DataType.DOUBLE;
            default -> throw in.refuse("has values of " + width + " bytes; 2, 4 and 8 are known");
        };
    }

    private void checksum(ByteCursor in, int from) {
        long expected = CompressedFile.crc(bytes, from, in.position() - from);
        in.require(in.number(Integer.BYTES) == expected, "has a wrong checksum");
    }

    private void section(ByteCursor file, String place) {
        ByteCursor in = cursor(file.position(), file.left(), place);
        int from = in.position();
        int type = (int) in.number(1);
        long length = in.number(Integer.BYTES);
        int payload = in.take(length);
        checksum(in, from);
        file.take(in.position() - from);
        ByteCursor content = cursor(payload, (int) length, place);
        switch (type) {
            case CompressedFile.ENTRY -> {
                PackedEntry entry = PackedEntry.decode(content);
                content.require(
                        ModelFile.DESCRIPTION.contains(entry.name()),
                        "has the name \"" + entry.name() + "\"; known are " + String.join(", ", ModelFile.DESCRIPTION));
                content.require(entries.put(entry.name(), entry.content()) == null, "repeats " + entry.name());
                places.put(entry.name(), place);
            }
            case CompressedFile.LAYER -> layer(content, place);
            default -> throw in.refuse("is of the unknown type " + type);
        }
    }

    private void layer(ByteCursor unnamed, String place) {
        String name = unnamed.text();
        ByteCursor in = cursor(unnamed.position(), unnamed.left(), place + " (layer \"" + name + "\")");
        long count = in.number(Short.BYTES);
        List<ParameterSlice> slices = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            int from = in.position();
            StoredParameter parameter = ParameterCodec.decode(in, name, (int) reached);
            reached = parameter.slice().end();
            parameters.add(parameter);
            slices.add(parameter.slice());
            encoded.add((long) in.position() - from);
        }
        in.requireEnd();
        layers.add(new LayerSection(place, name, slices));
    }

    private ByteCursor cursor(int from, int length, String section) {
        return new ByteCursor(bytes, from, length, rule -> new CompressedFileException(file, section, rule));
    }
}
