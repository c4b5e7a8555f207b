package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.linalg.factory.Nd4j;

/** Lays a model out as DL4J's {@code ModelSerializer} does, entry by entry. */
final class ModelWriter {
    // the first day a zip can name: files do not differ by when they were written
    private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ModelWriter() {}

    static void write(SavedModel model, UpdaterState updaterState, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        entry(
                zip,
                ModelFile.CONFIGURATION,
                stream -> stream.write(configuration(model.network()).getBytes(UTF_8)));
        INDArray parameters = model.network().params();
        entry(zip, ModelFile.COEFFICIENTS, stream -> array(parameters, stream));
        if (parameters == null) {
            entry(zip, ModelFile.NO_PARAMETERS, stream -> {});
        }
        INDArray state = updaterState == UpdaterState.SAVED ? stateOf(model.network()) : null;
        if (state != null && !state.isEmpty()) {
            entry(zip, ModelFile.UPDATER, stream -> array(state, stream));
        }
        if (model.normalizer() != null) {
            entry(
                    zip,
                    ModelFile.NORMALIZER,
                    stream -> NormalizerSerializer.getDefault().write(model.normalizer(), stream));
        }
        byte[] own = FormatEntry.of(model.inputShapes()).toJson();
        entry(zip, FormatEntry.NAME, stream -> stream.write(own));
        for (Map.Entry<String, byte[]> attachment : new TreeMap<>(model.attachments()).entrySet()) {
            entry(zip, attachment.getKey(), stream -> stream.write(attachment.getValue()));
        }
        zip.finish();
        zip.flush();
    }

    /** Writes entries as they are, in the given order. */
    static void write(Map<String, byte[]> entries, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            entry(zip, entry.getKey(), stream -> stream.write(entry.getValue()));
        }
        zip.finish();
        zip.flush();
    }

    static Map<String, byte[]> describe(SavedModel model) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(ModelFile.CONFIGURATION, configuration(model.network()).getBytes(UTF_8));
        byte[] carried = model.attachments().get(ModelFile.NORMALIZER);
        if (model.normalizer() != null) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            NormalizerSerializer.getDefault().write(model.normalizer(), bytes);
            entries.put(ModelFile.NORMALIZER, bytes.toByteArray());
        } else if (carried != null) {
            entries.put(ModelFile.NORMALIZER, carried);
        }
        entries.put(FormatEntry.NAME, FormatEntry.of(model.inputShapes()).toJson());
        return entries;
    }

    private static void entry(ZipOutputStream zip, String name, OutputFile.Content content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ZIP_EPOCH);
        zip.putNextEntry(entry);
        content.writeTo(new Unclosed(zip));
        zip.closeEntry();
    }

    private static void array(@Nullable INDArray array, OutputStream stream) throws IOException {
        if (array != null) {
            DataOutputStream data = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16));
            Nd4j.write(array, data);
            data.flush();
        }
    }

    private static String configuration(Model network) {
        return network instanceof MultiLayerNetwork layers
                ? layers.getLayerWiseConfigurations().toJson()
                : ((ComputationGraph) network).getConfiguration().toJson();
    }

    private static @Nullable INDArray stateOf(Model network) {
        // false: a network that never trained gets no updater only because it is saved
        if (network instanceof MultiLayerNetwork layers) {
            Updater updater = layers.getUpdater(false);
            return updater == null ? null : updater.getStateViewArray();
        }
        ComputationGraphUpdater updater = ((ComputationGraph) network).getUpdater(false);
        return updater == null ? null : updater.getStateViewArray();
    }

    /** The normaliser's serializer closes what it gets. */
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
