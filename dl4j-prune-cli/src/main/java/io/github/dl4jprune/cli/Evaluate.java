package io.github.dl4jprune.cli;

import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;

final class Evaluate {
    private final EvaluateCommand asked;

    Evaluate(EvaluateCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        asked.output.check();
        SavedModel model = ModelFile.read(asked.model);
        throw new IOException(model.toString());
    }
}
