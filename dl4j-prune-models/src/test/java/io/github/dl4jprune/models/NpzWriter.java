package io.github.dl4jprune.models;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes what numpy.savez writes. */
final class NpzWriter {
    private NpzWriter() {}

    static Path write(Path file, Map<String, INDArray> arrays) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            for (Map.Entry<String, INDArray> entry : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
                zip.write(npy(entry.getValue()));
                zip.closeEntry();
            }
        }
        return file;
    }

    /** Version 1, float64, C order. */
    static byte[] npy(INDArray array) {
        double[] values = array.dup('c').data().asDouble();
        ByteBuffer content = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        content.asDoubleBuffer().put(values);
        String shape = Arrays.stream(array.shape()).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
        return npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (" + shape + "), }", content.array());
    }

    static byte[] npy(int version, String header, byte[] content) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        stream.writeBytes(Arrays.copyOf(
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(text.length)
                        .array(),
                version == 1 ? Short.BYTES : Integer.BYTES));
        stream.writeBytes(text);
        stream.writeBytes(content);
        return stream.toByteArray();
    }
}
