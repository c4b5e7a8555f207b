package io.github.dl4jprune.compression;

import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What a compressed file holds.
 *
 * @param origin the file
 * @param dataType of the network: FLOAT, DOUBLE or HALF
 * @param entries what the model is beside its parameters, by the names of DL4J's zip: configuration, normaliser, shapes
 * @param weights all parameters
 * @param encoded bytes in the file of each parameter
 * @param bytes length of the file
 */
public record CompressedModel(
        Path origin,
        DataType dataType,
        Map<String, byte[]> entries,
        SharedModel weights,
        List<Long> encoded,
        long bytes) {
    /** Copies the collections. */
    public CompressedModel {
        entries = Map.copyOf(entries);
        encoded = List.copyOf(encoded);
    }

    /**
     * The plain model, its weights equal to the shared ones bit for bit.
     *
     * @return network, normaliser and input shapes
     * @throws IllegalArgumentException if the configuration is not readable or does not fit the parameters
     */
    public SavedModel restore() {
        return ModelFile.restore(origin, entries, weights.length() == 0 ? null : weights.flat(dataType));
    }

    /** How large each parameter is after each stage; counted anew at every call. */
    public List<ParameterSize> sizes() {
        return IntStream.range(0, encoded.size())
                .mapToObj(i -> ParameterSize.of(weights.parameters().get(i), encoded.get(i)))
                .toList();
    }

    /** Bytes at four a value. */
    public long denseBytes() {
        return (long) Float.BYTES * weights.length();
    }

    /** Dense bytes over the length of the file. */
    public double ratio() {
        return denseBytes() / (double) bytes;
    }
}
