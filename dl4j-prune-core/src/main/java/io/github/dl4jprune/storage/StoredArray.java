package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataBuffer.AllocationMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An array in ND4J's binary form: twice (allocation mode, length, data type, values), once for the shape and once for the
 * data. The lengths are checked before ND4J reads, which would otherwise allocate whatever a damaged header says.
 */
final class StoredArray {
    private static final Set<String> LONG_LENGTHS = Set.of("LONG_SHAPE", "MIXED_DATA_TYPES");

    private StoredArray() {}

    /**
     * Reads one array.
     *
     * @throws IOException if the bytes are not exactly one array
     */
    static INDArray read(byte[] bytes) throws IOException {
        try (DataInputStream check = new DataInputStream(new ByteArrayInputStream(bytes))) {
            check.skipNBytes(blockLength(check));
            long length = blockLength(check);
            if (length != check.available()) {
                throw new IOException("its values should take " + length + " bytes, but it has " + check.available());
            }
        }
        return Nd4j.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    /**
     * Refuses bytes in which a header of an array, wherever it stands, claims more values than there are bytes.
     *
     * @param bytes of a format that has arrays in it, such as a normaliser's
     * @throws IOException if there is such a header
     */
    static void requireBounded(byte[] bytes) throws IOException {
        String text = new String(bytes, ISO_8859_1);
        for (AllocationMode mode : AllocationMode.values()) {
            String start = "\0" + (char) mode.name().length() + mode.name(); // as writeUTF writes it
            for (int at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at));
                long length = blockLength(in);
                if (!(length >= 0 && length <= in.available())) {
                    throw new IOException(
                            "it has an array of " + length + " bytes, but only " + in.available() + " bytes are left");
                }
            }
        }
    }

    private static long blockLength(DataInputStream in) throws IOException {
        try {
            // how the writer had allocated it decides how it wrote the length
            String mode = AllocationMode.valueOf(in.readUTF()).name();
            long elements = LONG_LENGTHS.contains(mode) ? in.readLong() : in.readInt();
            // INT of old versions may stand for shapes; every version writes as many bytes as the type has
            return Math.multiplyExact(
                    elements, (long) DataType.valueOf(in.readUTF()).width());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("its header is no array header", e);
        }
    }
}
