package io.github.dl4jprune.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Checks that a file begins as HDF5 and is as long as it says, before native code opens it and reports on standard
 * error in its own words.
 *
 * @see <a href="https://docs.hdfgroup.org/hdf5/develop/_f_m_t3.html">HDF5 file format, superblock</a>
 */
final class Hdf5Header {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int LONGEST = 52;

    private Hdf5Header() {}

    /** Throws an IllegalArgumentException if the file is no HDF5 file or cut short. */
    static void require(Path file) throws IOException {
        byte[] start;
        try (InputStream stream = Files.newInputStream(file)) {
            start = stream.readNBytes(LONGEST);
        }
        if (start.length < LONGEST || !Arrays.equals(SIGNATURE, Arrays.copyOf(start, SIGNATURE.length))) {
            throw new IllegalArgumentException(file + ": not an HDF5 file");
        }
        long length = endOfFile(start);
        if (Files.size(file) < length) {
            throw new IllegalArgumentException(
                    file + ": cut short, it has " + Files.size(file) + " of " + length + " bytes");
        }
    }

    /** The length that the superblock states, or 0 where it is not kept in eight bytes. */
    private static long endOfFile(byte[] start) {
        int version = start[8];
        int sizeOfOffsets = version < 2 ? start[13] : start[9];
        int position = switch (version) {
            case 0 -> 40;
            case 1 -> 44;
            default -> 28;
        };
        return sizeOfOffsets == Long.BYTES
                ? ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong(position)
                : 0;
    }
}
