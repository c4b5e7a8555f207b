package io.github.dl4jprune.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads NumPy's archive of named arrays. */
final class NpzFile {
    private static final String SUFFIX = ".npy";

    private NpzFile() {}

    /**
     * Reads all arrays, in file order.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no archive of arrays or damaged
     */
    static Map<String, INDArray> read(Path file) throws IOException {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            for (ZipEntry entry : entries) {
                if (!entry.getName().endsWith(SUFFIX)) {
                    throw new IllegalArgumentException(
                            file + ": not an .npz archive: entry \"" + entry.getName() + "\" is no array");
                }
                String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                arrays.put(name, NpyArray.read(name, content(zip, entry)));
            }
        } catch (ZipException e) {
            throw new IllegalArgumentException(file + ": not an .npz archive, or a damaged one: " + e.getMessage(), e);
        }
        return arrays;
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        byte[] bytes;
        try (InputStream stream = zip.getInputStream(entry)) {
            bytes = stream.readAllBytes();
        }
        CRC32 checksum = new CRC32(); // ZipFile, unlike ZipInputStream, does not compare it
        checksum.update(bytes);
        if (checksum.getValue() != entry.getCrc()) {
            throw new ZipException("checksum of entry \"" + entry.getName() + "\" differs");
        }
        return bytes;
    }
}
