package io.github.dl4jprune.cli;

import io.github.dl4jprune.storage.ModelFile;
import io.github.dl4jprune.storage.SavedModel;
import java.io.IOException;

final class Bench {
    private final BenchCommand asked;

    Bench(BenchCommand asked) {
        this.asked = asked;
    }

    int run() throws IOException {
        asked.output.check();
        SavedModel model = ModelFile.read(asked.models.get(0));
        throw new IOException(model.toString());
    }
}
