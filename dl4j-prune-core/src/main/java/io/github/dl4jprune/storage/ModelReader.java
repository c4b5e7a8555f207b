package io.github.dl4jprune.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dl4jprune.network.InputTypes;
import io.github.dl4jprune.network.NetworkView;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;
import org.nd4j.shade.jackson.core.JsonProcessingException;

/** Turns the entries of one file into a {@link SavedModel}; every failure names the file and the part. */
final class ModelReader {
    private final Path file;
    private final EntrySource entries;
    private final @Nullable INDArray given;

    ModelReader(Path file, EntrySource entries) {
        this(file, entries, null);
    }

    /** Takes the parameters from memory instead of from an entry, if they are given. */
    ModelReader(Path file, EntrySource entries, @Nullable INDArray given) {
        this.file = file;
        this.entries = entries;
        this.given = given;
    }

    SavedModel read() {
        InputShapes shapes = inputShapes();
        Model network = network();
        requireFit(shapes, network);
        NonFiniteWeights.firstOf(network).ifPresent(place -> {
            throw new ModelFileException(file, "must have finite weights, got " + place);
        });
        Map<String, byte[]> attachments = new HashMap<>();
        for (String name : entries.names()) {
            if (!ModelFile.OWN_ENTRIES.contains(name)) {
                attachments.put(name, entries.content(name));
            }
        }
        Normalizer<?> normalizer = normalizer();
        if (normalizer != null && !(normalizer instanceof DataNormalization)) {
            // normalises several inputs or labels apart: not ours to apply, but not ours to lose either
            attachments.put(ModelFile.NORMALIZER, entries.content(ModelFile.NORMALIZER));
        }
        return new SavedModel(network, normalizer instanceof DataNormalization data ? data : null, shapes, attachments);
    }

    private InputShapes inputShapes() {
        if (!entries.has(FormatEntry.NAME)) {
            return InputShapes.UNKNOWN;
        }
        FormatEntry entry = attempt(FormatEntry.NAME, () -> FormatEntry.parse(entries.content(FormatEntry.NAME)));
        if (entry.formatVersion() > FormatEntry.NEWEST) {
            throw new ModelFileException(
                    file,
                    "was written by a newer dl4j-prune: format " + entry.formatVersion() + ", this one reads up to "
                            + FormatEntry.NEWEST);
        }
        return attempt(FormatEntry.NAME, entry::shapes);
    }

    /** What the configuration says of its parameters; no memory is taken for them. */
    ParameterOutline outline() {
        String json = json();
        return attempt(
                ModelFile.CONFIGURATION,
                () -> Configuration.check(file, json) == Configuration.Kind.LAYERS
                        ? ParameterOutline.of(MultiLayerConfiguration.fromJson(json))
                        : ParameterOutline.of(ComputationGraphConfiguration.fromJson(json)));
    }

    private String json() {
        return new String(entries.content(ModelFile.CONFIGURATION), UTF_8);
    }

    private void requireFit(InputShapes shapes, Model network) {
        Optional<String> misfit = shapes.known()
                ? InputTypes.misfit(NetworkView.of(network).structure(), shapes.arrays())
                : Optional.empty();
        if (misfit.isPresent()) {
            throw new ModelFileException(
                    file,
                    "has input shapes in %s that do not fit its network: %s: %s"
                            .formatted(FormatEntry.NAME, shapes.shapes(), misfit.get()));
        }
    }

    private Model network() {
        String json = json();
        Configuration.Kind kind = Configuration.check(file, json);
        INDArray parameters = parameters();
        INDArray state = entries.has(ModelFile.UPDATER) ? array(ModelFile.UPDATER) : null;
        String part = given == null ? ModelFile.COEFFICIENTS : ModelFile.CONFIGURATION;
        if (kind == Configuration.Kind.LAYERS) {
            MultiLayerConfiguration conf =
                    attempt(ModelFile.CONFIGURATION, () -> MultiLayerConfiguration.fromJson(json));
            return attempt(part, () -> layers(conf, parameters, state));
        }
        ComputationGraphConfiguration conf =
                attempt(ModelFile.CONFIGURATION, () -> ComputationGraphConfiguration.fromJson(json));
        return attempt(part, () -> graph(conf, parameters, state));
    }

    private @Nullable INDArray parameters() {
        if (entries.has(ModelFile.NO_PARAMETERS)) {
            return null;
        }
        INDArray parameters = given == null ? array(ModelFile.COEFFICIENTS) : given;
        if (!parameters.dataType().isFPType()) {
            throw new ModelFileException(file, "must have floating point coefficients, got " + parameters.dataType());
        }
        return parameters;
    }

    private INDArray array(String entry) {
        return attempt(entry, () -> StoredArray.read(entries.content(entry)));
    }

    private static Model layers(MultiLayerConfiguration conf, @Nullable INDArray parameters, @Nullable INDArray state) {
        if (parameters != null) {
            conf.setDataType(parameters.dataType()); // configurations before 1.0.0-beta4 name none
        }
        MultiLayerNetwork network = new MultiLayerNetwork(conf);
        network.init(parameters, false);
        if (state != null) {
            network.getUpdater().setStateViewArray(network, state, false);
        }
        return network;
    }

    private static Model graph(
            ComputationGraphConfiguration conf, @Nullable INDArray parameters, @Nullable INDArray state) {
        if (parameters != null) {
            conf.setDataType(parameters.dataType());
        }
        ComputationGraph network = new ComputationGraph(conf);
        network.init(parameters, false);
        if (state != null) {
            network.getUpdater().setStateViewArray(state);
        }
        return network;
    }

    private @Nullable Normalizer<?> normalizer() {
        if (!entries.has(ModelFile.NORMALIZER)) {
            return null;
        }
        byte[] content = entries.content(ModelFile.NORMALIZER);
        return attempt(ModelFile.NORMALIZER, () -> {
            StoredArray.requireBounded(content);
            return NormalizerSerializer.getDefault().<Normalizer<?>>restore(new ByteArrayInputStream(content));
        });
    }

    /** Runs code of DL4J, whose failures have no common type, and names the entry it was reading. */
    private <T> T attempt(String entry, Callable<T> code) {
        FutureTask<T> task = new FutureTask<>(code);
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            if (cause instanceof ModelFileException known) {
                throw known;
            }
            if (cause instanceof VirtualMachineError fatal) {
                throw fatal;
            }
            throw new ModelFileException(file, "has an unreadable " + entry + ": " + innermost(cause), cause);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String innermost(Throwable cause) {
        Throwable inner = cause;
        while (inner.getCause() != null && inner.getCause() != inner) {
            inner = inner.getCause();
        }
        if (inner instanceof JsonProcessingException json) {
            return json.getOriginalMessage();
        }
        return inner instanceof ClassNotFoundException
                ? "the class " + inner.getMessage() + " is not on the classpath"
                : String.valueOf(inner.getMessage() == null ? inner : inner.getMessage());
    }
}
