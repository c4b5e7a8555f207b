package io.github.dl4jprune.storage;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An array in ND4J's binary form: twice (allocation mode, length, data type, values), once for the shape and once for the
 * data. The lengths are checked before ND4J reads, which would otherwise allocate whatever a damaged header says.
 */
final class StoredArray {
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

    private static long blockLength(DataInputStream in) throws IOException {
        in.readUTF(); // how the writer had allocated it
        long elements = in.readLong();
        String type = in.readUTF();
        try {
            // INT of old versions may stand for shapes; every version writes as many bytes as the type has
            return Math.multiplyExact(elements, (long) DataType.valueOf(type).width());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("its header is no array header", e);
        }
    }
}
