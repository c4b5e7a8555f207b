package io.github.dl4jprune.cli.exchange;

import io.github.dl4jprune.cli.input.ModelInputs;
import io.github.dl4jprune.models.Architecture;
import io.github.dl4jprune.models.CheckpointImport;
import io.github.dl4jprune.models.ImportedModel;
import io.github.dl4jprune.models.KerasImport;
import io.github.dl4jprune.storage.InputShapes;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the weights of another framework and writes a model file that knows its input. */
final class Import {
    private final ImportCommand asked;

    Import(ImportCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        ModelFile.checkWritable(asked.out);
        asked.output.check();
        SavedModel model = read();
        ModelFile.write(asked.out, model, UpdaterState.SAVED);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("parameters", model.network().numParams());
        result.put("inputShapes", model.inputShapes().shapes());
        asked.output.finish(
                "%s: %,d values, input %s, written to %s"
                        .formatted(
                                asked.file,
                                model.network().numParams(),
                                ModelInputs.text(model.inputShapes().shapes()),
                                asked.out),
                result);
        return 0;
    }

    private SavedModel read() throws IOException {
        ImportedModel imported = imported();
        long[] shape =
                imported.inputShape().stream().mapToLong(Integer::longValue).toArray();
        InputShapes shapes = shape.length == 0 ? InputShapes.UNKNOWN : InputShapes.of(shape);
        return asked.inputShape.applyTo(new SavedModel(imported.network(), imported.normalizer(), shapes));
    }

    private ImportedModel imported() throws IOException {
        if (Files.isDirectory(asked.file)) {
            throw new IllegalArgumentException(
                    "import reads .npz and .h5 files, got the folder \"" + asked.file + "\"");
        }
        String name = asked.file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".h5")) {
            if (asked.architecture != null) {
                throw new IllegalArgumentException(
                        "--architecture belongs to .npz files; a Keras file says what it is");
            }
            return KerasImport.h5(asked.file);
        }
        if (!name.endsWith(".npz")) {
            throw new IllegalArgumentException("import reads .npz and .h5 files, got \"" + asked.file + "\"");
        }
        if (asked.architecture == null) {
            throw new IllegalArgumentException("\"" + asked.file
                    + "\" holds arrays without a network: --architecture must name one of " + names());
        }
        return CheckpointImport.npz(asked.file, Architecture.named(asked.architecture));
    }

    private static String names() {
        return String.join(
                ", ", Architecture.all().stream().map(Architecture::name).toList());
    }
}
