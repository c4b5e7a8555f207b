package io.github.dl4jprune.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reads and writes DL4J model zips. A file written here is a plain DL4J model: {@code ModelSerializer} opens it, normaliser
 * and updater state included. What DL4J does not store lies in one more entry, {@code dl4j-prune.json}, which DL4J ignores.
 *
 * <p>Configurations are written and read as UTF-8 whatever the platform's charset, and entries carry no time of day: the
 * same model gives the same bytes.
 */
public final class ModelFile {
    static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";
    static final String NO_PARAMETERS = "noParams.marker";
    static final String UPDATER = "updaterState.bin";
    static final String NORMALIZER = "normalizer.bin";
    static final Set<String> OWN_ENTRIES =
            Set.of(CONFIGURATION, COEFFICIENTS, NO_PARAMETERS, UPDATER, NORMALIZER, FormatEntry.NAME);

    /** The entries that {@link #describe} gives. */
    public static final List<String> DESCRIPTION = List.of(CONFIGURATION, NORMALIZER, FormatEntry.NAME);

    /** Entry in which pruning listeners keep their state; an attachment of {@link SavedModel}. */
    public static final String PRUNING_STATE = "dl4j-prune-state.json";

    private ModelFile() {}

    /**
     * Copies a model without any trace of this library: without its entries, and without its constraints in the
     * configuration. Everything else stays byte for byte.
     *
     * @param file a zip as for {@link #read}
     * @param stripped the place of the output
     * @throws ModelFileException if the file is no model, or has layers or functions of this library's own
     * @throws IllegalArgumentException if the output cannot be written
     */
    public static void strip(Path file, Path stripped) {
        try (ModelEntries entries = ModelEntries.open(file)) {
            Map<String, byte[]> kept = Stripping.of(file, entries);
            OutputFile.write(stripped, out -> ModelWriter.write(kept, out));
        }
    }

    /**
     * Restores the network with its data type, counters, updater state (where the file has it), normaliser and input
     * shapes.
     *
     * @param file a zip written by DL4J's {@code ModelSerializer} or by {@link #write}
     * @return what it holds
     * @throws ModelFileException if it is missing, no zip, cut short, corrupt, no DL4J model, needs classes that are not on
     *     the classpath, has NaN or infinite weights, has two entries of one name or one whose name leads out of the zip, or is
     *     of a newer format
     */
    public static SavedModel read(Path file) {
        try (ModelEntries entries = ModelEntries.open(file)) {
            return new ModelReader(file, entries).read();
        }
    }

    /**
     * Writes a model whole or not at all ({@link OutputFile#write}).
     *
     * @param file the place of the output; an ordinary file there is replaced
     * @param model what to write
     * @param updaterState whether to write the updater's state, if the network has any
     * @throws IllegalArgumentException if the file cannot be written
     */
    public static void write(Path file, SavedModel model, UpdaterState updaterState) {
        OutputFile.write(file, out -> ModelWriter.write(model, updaterState, out));
    }

    /**
     * Makes sure, before any work is done, that a model can be written ({@link OutputFile#checkWritable}).
     *
     * @param file the place of the output
     * @throws IllegalArgumentException if it cannot be written, with the reason
     */
    public static void checkWritable(Path file) {
        OutputFile.checkWritable(file);
    }

    /**
     * The length of the model's zip without updater state; nothing is written. Time: that of compressing the parameters.
     *
     * @param model what would be written
     * @return bytes
     */
    public static long bytesWithoutUpdater(SavedModel model) {
        CountingStream counter = new CountingStream();
        try {
            ModelWriter.write(model, UpdaterState.LEFT_OUT, counter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counter.bytes;
    }

    /**
     * What a model is beside its parameters, as the entries that its zip would hold: configuration, normaliser, input
     * shapes. Training state (updater, attachments) is left out.
     *
     * @param model what to describe
     * @return contents by entry name, in the order of the zip
     */
    public static Map<String, byte[]> describe(SavedModel model) {
        try {
            return ModelWriter.describe(model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How many parameters the configuration among some entries asks for; no memory is taken for them.
     *
     * @param origin the file that the entries come from, for messages
     * @param entries contents by entry name
     * @return their number and type
     * @throws ModelFileException if the configuration is missing or unreadable
     */
    public static ParameterOutline outline(Path origin, Map<String, byte[]> entries) {
        requireConfiguration(origin, entries);
        return new ModelReader(origin, new EntriesInMemory(entries)).outline();
    }

    private static void requireConfiguration(Path origin, Map<String, byte[]> entries) {
        if (!entries.containsKey(CONFIGURATION)) {
            throw new ModelFileException(origin, "has no " + CONFIGURATION);
        }
    }

    /**
     * The opposite of {@link #describe}.
     *
     * @param origin the file that the entries come from, for messages
     * @param entries contents by entry name
     * @param parameters the flat parameter vector, {@code [1, n]}, which the network takes over; null: it has none
     * @return the model
     * @throws ModelFileException if an entry is missing or unreadable, or the parameters do not fit the configuration
     */
    public static SavedModel restore(Path origin, Map<String, byte[]> entries, @Nullable INDArray parameters) {
        requireConfiguration(origin, entries);
        Map<String, byte[]> all = new LinkedHashMap<>(entries);
        if (parameters == null) {
            all.put(NO_PARAMETERS, new byte[0]);
        }
        return new ModelReader(origin, new EntriesInMemory(all), parameters).read();
    }

    private static final class CountingStream extends OutputStream {
        private long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }
}
