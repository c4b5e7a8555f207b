package io.github.dl4jprune.compression;

import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.OutputFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Writes and reads compressed models: the third stage of Deep Compression. The layout is described, for readers in any
 * language, in {@code docs/format.md}. Headers and sections carry checksums; nothing is written that depends on the time or
 * the machine.
 *
 * <p>Training state (updater, attachments) is left out. A network of DOUBLE keeps its type; what its values lose is decided by
 * {@link SharingPlan}, never here: {@link #read} gives back exactly the shared values.
 */
public final class CompressedFile {
    static final byte[] MAGIC = {(byte) 0x89, 'D', 'L', '4', 'C', '\r', '\n', 0x1a};
    static final int VERSION = 1;
    static final int HEADER = 23;
    static final int ENTRY = 'E';
    static final int LAYER = 'L';
    private static final int MOST_LAYER_PARAMETERS = 0xFFFF;

    private CompressedFile() {}

    /**
     * Writes a model whole or not at all.
     *
     * @param file the place of the output; an ordinary file there is replaced
     * @param model configuration, normaliser and input shapes
     * @param weights its parameters in shared form
     * @return what was written
     * @throws IllegalArgumentException if the weights do not fit the model or the file cannot be written
     */
    public static CompressedModel write(Path file, SavedModel model, SharedModel weights) {
        byte[] bytes = encode(model, weights);
        CompressedModel read = decode(file, bytes);
        OutputFile.write(file, out -> out.write(bytes));
        return read;
    }

    /**
     * The content of a compressed file.
     *
     * @param model configuration, normaliser and input shapes
     * @param weights its parameters in shared form
     * @return the bytes
     * @throws IllegalArgumentException if the weights do not fit the model
     */
    public static byte[] encode(SavedModel model, SharedModel weights) {
        Model network = model.network();
        long expected = network.params() == null ? 0 : network.params().length();
        if (expected != weights.length()) {
            throw new IllegalArgumentException(
                    "shared weights must be as many as the network's " + expected + ", got " + weights.length());
        }
        List<byte[]> sections = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : ModelFile.describe(model).entrySet()) {
            sections.add(section(ENTRY, PackedEntry.encode(entry.getKey(), entry.getValue())));
        }
        for (List<StoredParameter> layer : layers(weights)) {
            sections.add(section(LAYER, layer(layer)));
        }
        DataType type =
                network.params() == null ? DataType.FLOAT : network.params().dataType();
        ByteWriter out = new ByteWriter();
        out.bytes(MAGIC);
        out.number(VERSION, Short.BYTES);
        out.number(type.width(), 1);
        out.number(weights.length(), Integer.BYTES);
        out.number(sections.size(), Integer.BYTES);
        out.number(crc(out.toBytes(), 0, out.length()), Integer.BYTES);
        sections.forEach(out::bytes);
        return out.toBytes();
    }

    private static List<List<StoredParameter>> layers(SharedModel weights) {
        List<List<StoredParameter>> layers = new ArrayList<>();
        String last = null;
        for (StoredParameter parameter : weights.parameters()) {
            if (!parameter.slice().layer().equals(last)) {
                layers.add(new ArrayList<>());
                last = parameter.slice().layer();
            }
            layers.get(layers.size() - 1).add(parameter);
        }
        return layers;
    }

    private static byte[] layer(List<StoredParameter> parameters) {
        if (parameters.size() > MOST_LAYER_PARAMETERS) {
            throw new IllegalArgumentException("a layer must have at most 65535 parameters, got " + parameters.size());
        }
        ByteWriter out = new ByteWriter();
        out.text(parameters.get(0).slice().layer());
        out.number(parameters.size(), Short.BYTES);
        parameters.forEach(parameter -> out.bytes(ParameterCodec.encode(parameter)));
        return out.toBytes();
    }

    private static byte[] section(int type, byte[] payload) {
        ByteWriter out = new ByteWriter();
        out.number(type, 1);
        out.number(payload.length, Integer.BYTES);
        out.bytes(payload);
        out.number(crc(out.toBytes(), 0, out.length()), Integer.BYTES);
        return out.toBytes();
    }

    static long crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return crc.getValue();
    }

    /**
     * Whether a file begins as compressed files do; of no meaning for the rest of it.
     *
     * @param file any path
     * @return false too if it cannot be read
     */
    public static boolean isCompressed(Path file) {
        try (var in = Files.newInputStream(file)) {
            return java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads a compressed file. Memory: the file, and what its values take; a byte of the file never stands for more than
     * 2,040 values. Every layer section is compared with the configuration inside.
     *
     * @param file where it lies
     * @return what it holds
     * @throws CompressedFileException if it is cut short, damaged, of a newer version, no such file, or its sections are not
     *     those of its configuration; the message names the section
     * @throws IllegalArgumentException if it cannot be read
     */
    public static CompressedModel read(Path file) {
        try {
            return decode(file, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CompressedFileException(file, "file", "cannot be read: " + e);
        }
    }

    /**
     * Reads the content of a compressed file.
     *
     * @param origin the file's name, for messages
     * @param bytes the content
     * @return what it holds
     * @throws CompressedFileException as {@link #read}
     */
    public static CompressedModel decode(Path origin, byte[] bytes) {
        return new CompressedFileReader(origin, bytes).read();
    }
}
