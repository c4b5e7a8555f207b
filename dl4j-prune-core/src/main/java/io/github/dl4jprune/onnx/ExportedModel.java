package io.github.dl4jprune.onnx;

import io.github.dl4jprune.storage.OutputFile;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.ModelProto;

/**
 * A network as an ONNX model.
 *
 * @param model the model in ONNX's own classes
 * @param folded names of the batch normalisations that are part of the layer before them
 */
public record ExportedModel(ModelProto model, List<String> folded) {
    /** Copies the list. */
    public ExportedModel {
        folded = List.copyOf(folded);
    }

    /**
     * Writes an {@code .onnx} file, whole or not at all ({@link OutputFile#write}).
     *
     * @param file the place of the output; an ordinary file there is replaced
     * @throws IllegalArgumentException if the file cannot be written
     */
    public void write(Path file) {
        OutputFile.write(file, model::writeTo);
    }

    /**
     * The file's content.
     *
     * @return a new array
     */
    public byte[] bytes() {
        return model.toByteArray();
    }
}
