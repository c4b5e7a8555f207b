package io.github.dl4jprune.datasets;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * An array of unsigned bytes in the IDX format of MNIST.
 *
 * <p>Big-endian: two zero bytes, the type (8 for unsigned bytes), the number of dimensions, one 32-bit size per
 * dimension, then the elements in row-major order.
 *
 * @param sizes one per dimension
 * @param bytes the elements
 */
@SuppressWarnings("ArrayRecordComponent")
record IdxFile(List<Integer> sizes, byte[] bytes) {
    private static final int UNSIGNED_BYTES = 0x0800;

    int size(int dimension) {
        return sizes.get(dimension);
    }

    /** Reads a file of the given number of dimensions, unpacking it if its name ends in {@code .gz}. */
    static IdxFile read(Path file, int dimensions) {
        try (DataInputStream in = new DataInputStream(open(file))) {
            int magic = in.readInt();
            if (magic != UNSIGNED_BYTES + dimensions) {
                throw new DataSourceException(
                        "%s: not an IDX file of bytes in %d dimensions: magic number must be %d, got %d"
                                .formatted(file, dimensions, UNSIGNED_BYTES + dimensions, magic));
            }
            List<Integer> sizes = IntStream.of(sizes(in, dimensions)).boxed().toList();
            long length = sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
            if (length < 1 || length > Integer.MAX_VALUE - 8 || sizes.stream().anyMatch(size -> size < 1)) {
                throw new DataSourceException("%s: sizes must be positive and make at most %d bytes, got %s"
                        .formatted(file, Integer.MAX_VALUE - 8, sizes));
            }
            return new IdxFile(sizes, elements(file, in, (int) length));
        } catch (EOFException e) {
            throw new DataSourceException("%s: ends too early, the file is cut off".formatted(file), e);
        } catch (IOException e) {
            throw Folders.unreadable(file, e);
        }
    }

    private static int[] sizes(DataInputStream in, int dimensions) throws IOException {
        int[] sizes = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            sizes[i] = in.readInt();
        }
        return sizes;
    }

    private static byte[] elements(Path file, DataInputStream in, int length) throws IOException {
        // readNBytes grows with what is there: a header that lies about its size costs no memory
        byte[] elements = in.readNBytes(length);
        if (elements.length < length) {
            throw new DataSourceException("%s: must hold %d elements, got %d".formatted(file, length, elements.length));
        }
        if (in.read() >= 0) {
            throw new DataSourceException("%s: must hold %d elements, got more".formatted(file, length));
        }
        return elements;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        if (!Folders.name(file).endsWith(".gz")) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
