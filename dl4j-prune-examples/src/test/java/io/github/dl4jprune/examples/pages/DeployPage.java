package io.github.dl4jprune.examples.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jprune.models.BundledModel;
import io.github.dl4jprune.onnx.OnnxExporter;
import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import io.github.dl4jprune.storage.UpdaterState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** docs/tutorials/deploy-onnx.md: a trained network as tuned.zip, and as tuned.onnx, which takes raw pixels. */
public abstract class DeployPage extends Page {
    protected DeployPage() throws IOException {
        SavedModel model = BundledModel.VGG_SMALL.read();
        ModelFile.write(Path.of("tuned.zip"), model, UpdaterState.LEFT_OUT);
        OnnxExporter.of(model.network())
                .inputShapes(model.inputShapes().shape(0))
                .normalizer(Objects.requireNonNull(model.normalizer()))
                .export()
                .write(Path.of("tuned.onnx"));
    }

    @Override
    public void check(String snippet) {
        if (snippet.contains("images.raw")) {
            assertThat(Path.of("images.raw")).hasSize(5 * 3 * 32 * 32);
        }
    }
}
